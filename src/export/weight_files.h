/// The weights of an exported directory, split by who reads them.
#pragma once
#include <filesystem>

#include "model/weights.h"

namespace rkt {

/// Writes embeddings.safetensors (the host's lookup tables), encoder.safetensors (all other tensors; only a
/// CPU device reads it, so a board can do without) and model.safetensors.index.json, which makes the two a
/// sharded checkpoint that transformers opens as well. Element types are kept. Throws RKT-4008.
void write_weight_files(const Weights& weights, const std::filesystem::path& directory);

}  // namespace rkt
