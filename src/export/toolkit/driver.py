"""Drives rknn-toolkit2 for a parent process: `python driver.py EVENT_FD`.

Requests come as one JSON object per line on stdin, {"id": 1, "op": "build", ...}; events go out as JSON lines on
EVENT_FD, each with the id of its request: any number of {"event": "progress"}, then one "result" or one "error".
The toolkit and the C code below it write what they like to stdout and stderr; the parent keeps that as its log.
End of file on stdin means that the parent is gone: the driver ends at once, with every process it started.

  hello                                              -> versions
  build     onnx, platform, config, inputs, outputs, dataset, auto_hybrid, output
                                                     -> seconds per stage, file_bytes, peak_rss_kb
  hybrid_step1  as build, with a dataset             -> model, data, config: the files to edit
  hybrid_step2  model, data, config, output          -> as build
  simulate  runs: [{"inputs": [{file, dtype, shape}], "outputs": prefix}], data_format
                                                     -> shapes of the outputs, as float32 files prefix.0, prefix.1, ...
  quit

Only the documented Python API of the toolkit is used.
"""
import ctypes
import json
import os
import queue
import resource
import signal
import sys
import threading
import time
import traceback


class ReturnCode(Exception):
    """A toolkit function that reported failure by its return value; the reason is in the log."""


class Driver:
    def __init__(self, events):
        self.events = events
        self.request_id = None
        self.stage = ""
        self.rknn = None
        self.simulator_ready = False

    def emit(self, event, **fields):
        # Output of the C code waits in stdio's buffers; the parent reads the log as soon as it sees the event.
        sys.stdout.flush()
        sys.stderr.flush()
        ctypes.CDLL(None).fflush(None)
        fields = {"event": event, "id": self.request_id, **fields}
        data = (json.dumps(fields) + "\n").encode()
        while data:
            data = data[os.write(self.events, data):]

    def progress(self, stage, fraction=None):
        self.stage = stage
        self.emit("progress", stage=stage, fraction=fraction)

    def checked(self, function, *args, **kwargs):
        code = function(*args, **kwargs)
        if code != 0:
            raise ReturnCode(f"{self.stage} returned {code}")

    def timed(self, stage, function, *args, **kwargs):
        self.progress(stage)
        start = time.monotonic()
        self.checked(function, *args, **kwargs)
        return time.monotonic() - start

    def release(self):
        if self.rknn is not None:
            self.rknn.release()
        self.rknn = None
        self.simulator_ready = False

    def hello(self, request):
        self.stage = "import"
        from importlib.metadata import version

        import rknn.api  # noqa: F401  proves that every library it needs is there
        import torch

        names = {"toolkit": "rknn-toolkit2", "numpy": "numpy", "onnx": "onnx", "onnxruntime": "onnxruntime"}
        versions = {key: version(name) for key, name in names.items()}
        stand_in = os.path.dirname(os.path.abspath(torch.__file__)) == os.path.dirname(os.path.abspath(__file__))
        return {"python": sys.version.split()[0], "torch": "" if stand_in else torch.__version__, **versions}

    def load(self, request):
        from rknn.api import RKNN

        self.release()
        self.stage = "config"
        self.rknn = RKNN(verbose=True)
        self.checked(self.rknn.config, target_platform=request["platform"], **request["config"])
        graph = {}
        if request.get("inputs"):
            graph["inputs"] = [each["name"] for each in request["inputs"]]
            graph["input_size_list"] = [each["shape"] for each in request["inputs"]]
        if request.get("outputs"):
            graph["outputs"] = request["outputs"]
        return self.timed("load", self.rknn.load_onnx, model=request["onnx"], **graph)

    def export(self, request, seconds):
        seconds["export"] = self.timed("export", self.rknn.export_rknn, request["output"])
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return {"seconds": seconds, "file_bytes": os.path.getsize(request["output"]), "peak_rss_kb": peak}

    def build(self, request):
        seconds = {"load": self.load(request)}
        dataset = request.get("dataset")
        quantization = {"do_quantization": False}
        if dataset:
            quantization = {"do_quantization": True, "dataset": dataset, "auto_hybrid": request["auto_hybrid"]}
        seconds["build"] = self.timed("build", self.rknn.build, **quantization)
        return self.export(request, seconds)

    def hybrid_step1(self, request):
        self.load(request)
        # The toolkit names its files after the model and puts them into the working directory.
        directory, work = os.path.abspath(f"hybrid-{self.request_id}"), os.getcwd()
        os.mkdir(directory)
        os.chdir(directory)
        try:
            self.timed("analyse", self.rknn.hybrid_quantization_step1, dataset=request["dataset"])
        finally:
            os.chdir(work)
        files = {}
        for name in sorted(os.listdir(directory)):
            for key, ending in (("model", ".model"), ("data", ".data"), ("config", ".quantization.cfg")):
                if name.endswith(ending):
                    files[key] = os.path.join(directory, name)
        if len(files) != 3:
            raise RuntimeError(f"hybrid_quantization_step1 wrote only {sorted(files)}")
        return files

    def hybrid_step2(self, request):
        from rknn.api import RKNN

        self.release()
        self.rknn = RKNN(verbose=True)
        files = {"model_input": request["model"], "data_input": request["data"]}
        seconds = {"load": 0.0}
        seconds["build"] = self.timed(
            "build", self.rknn.hybrid_quantization_step2, model_quantization_cfg=request["config"], **files
        )
        return self.export(request, seconds)

    def simulate(self, request):
        import numpy

        if self.rknn is None:
            raise RuntimeError("nothing is built yet")
        if not self.simulator_ready:
            self.timed("simulator", self.rknn.init_runtime)
            self.simulator_ready = True
        shapes = []
        runs = request["runs"]
        for index, run in enumerate(runs):
            self.progress("simulate", index / len(runs))
            inputs = [numpy.fromfile(each["file"], each["dtype"]).reshape(each["shape"]) for each in run["inputs"]]
            formats = {"data_format": request["data_format"]} if request.get("data_format") else {}
            outputs = self.rknn.inference(inputs=inputs, **formats)
            if outputs is None:
                raise ReturnCode("inference returned nothing")
            for number, output in enumerate(outputs):
                numpy.ascontiguousarray(output, "<f4").tofile(f"{run['outputs']}.{number}")
            shapes.append([list(output.shape) for output in outputs])
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return {"shapes": shapes, "peak_rss_kb": peak}

    OPERATIONS = ("hello", "build", "hybrid_step1", "hybrid_step2", "simulate")

    def serve(self, line):
        """One request, one final event, whatever happens."""
        self.request_id, self.stage = None, "request"
        try:
            request = json.loads(line)
            self.request_id = request["id"]
            if request["op"] not in self.OPERATIONS:
                raise ValueError(f"no such operation: {request['op']}")
            result = getattr(self, request["op"])(request)
            self.emit("result", **result)
        except BaseException as error:  # the toolkit calls sys.exit in places
            kind = "return_code" if isinstance(error, ReturnCode) else type(error).__name__
            self.emit("error", kind=kind, stage=self.stage, message=str(error), traceback=traceback.format_exc())


def read_requests(stream, requests):
    for line in stream:
        requests.put(line)
    # Nobody is left to read a result. SIGKILL to the group, because a worker that is busy in C code ignores others.
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def main():
    events = int(sys.argv[1])
    os.set_inheritable(events, False)
    stdin = os.fdopen(os.dup(0), "rb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    here = os.path.dirname(os.path.abspath(__file__))
    if here in sys.path:
        sys.path.remove(here)
    sys.path.append(here)  # last: the stand-in beside this file serves only where there is no real torch
    requests = queue.Queue()
    threading.Thread(target=read_requests, args=(stdin, requests), daemon=True).start()
    driver = Driver(events)
    while True:
        line = requests.get()
        if line.strip() == b'{"op":"quit"}':
            driver.release()
            os._exit(0)
        driver.serve(line)


if __name__ == "__main__":
    main()
