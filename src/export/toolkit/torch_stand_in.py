"""Stands in for torch where it is not installed: the few names rknn-toolkit2 uses when it builds an ONNX graph.

The toolkit imports torch whatever it is asked to do. The rewriting of Split and Reshape computes index permutations
with arange, split and cat; they are the same in numpy. Anything else is an error that says what is missing, so that a
build never continues on a wrong value.
"""
import sys
import types

import numpy

__version__ = "2.4.0"  # the newest version that rknn-toolkit2 2.3.2 accepts


class Tensor(numpy.ndarray):
    def numpy(self):
        return self.view(numpy.ndarray)


class no_grad:
    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        return False

    def __call__(self, function):
        return function


def arange(*args):
    return numpy.arange(*args).view(Tensor)


def split(tensor, split_size_or_sections, dim=0):
    """Sizes of the pieces, or one size for all of them but the last: numpy wants the borders instead."""
    sections = split_size_or_sections
    if isinstance(sections, int):
        borders = range(sections, tensor.shape[dim], sections)
    else:
        borders = numpy.cumsum(sections)[:-1]
    return tuple(piece.view(Tensor) for piece in numpy.split(tensor, borders, axis=dim))


def cat(tensors, dim=0):
    return numpy.concatenate(tensors, axis=dim).view(Tensor)


nn = types.ModuleType("torch.nn")
nn.Module = type("Module", (), {})
sys.modules["torch.nn"] = nn


def __getattr__(name):
    raise AttributeError(
        f"torch.{name} is needed here, and torch is only a stand-in: set RKT_TOOLKIT_PYTHON to a Python that has "
        "rknn-toolkit2 and the real torch"
    )
