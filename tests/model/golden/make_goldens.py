"""Writes this folder's files with the reference implementations; run once, the results are kept.

    python make_goldens.py        # needs torch, safetensors, transformers; versions: versions.json
"""
import json
import pathlib

import safetensors
import safetensors.torch
import torch
import transformers

here = pathlib.Path(__file__).parent
torch.manual_seed(7)


def write(name, value):
    (here / name).write_text(json.dumps(value) + "\n")


# Every element type that a checkpoint may hold, with edges: subnormals, the largest half, infinity, minus zero.
edges = torch.tensor([0.0, -0.0, 1.0, -2.5, 6.1e-5, 5.97e-8, 65504.0, float("inf"), 1e-3])
tensors = {
    "f32": torch.cat([edges, torch.tensor([1e-45, 3.4e38])]),
    "f16": edges.half().reshape(3, 3),
    "bf16": edges.bfloat16().reshape(1, 9),
    "odd_half": torch.tensor([1.5]).half(),
    "scalar": torch.tensor(0.1),
    "empty": torch.zeros(0, 4),
    "ids": torch.arange(3),
    "flags": torch.tensor([True, False, True]),
}
safetensors.torch.save_file(tensors, here / "types.safetensors", metadata={"format": "pt"})
write("types.json", {name: [str(v) for v in tensors[name].double().flatten().tolist()]
                     for name in ("f32", "f16", "bf16", "odd_half", "scalar", "empty")})

# A model small enough to keep, alone and as a task model in several files.
config = transformers.BertConfig(vocab_size=11, hidden_size=8, num_hidden_layers=2, num_attention_heads=2,
                                 intermediate_size=12, max_position_embeddings=7)
model = transformers.BertForSequenceClassification(config)
model.bert.save_pretrained(here / "tiny")
model.save_pretrained(here / "tiny_sharded", max_shard_size="3KB")

parameters = [sum(p.numel() for p in part.parameters()) for part in (model.bert, model)]
embeddings = model.bert.embeddings.eval()
embeddings.LayerNorm = torch.nn.Identity()
ids, positions, types = [[0, 10, 3, 3]], [[0, 1, 6, 2]], [[0, 1, 1, 0]]
with torch.no_grad():
    sums = embeddings(torch.tensor(ids), torch.tensor(types), torch.tensor(positions))
write("sums.json", {"ids": ids[0], "positions": positions[0], "types": types[0],
                    "sums": sums.flatten().double().tolist(),
                    "parameters": parameters[0], "task_parameters": parameters[1]})
write("versions.json", {m.__name__: m.__version__ for m in (safetensors, torch, transformers)})
