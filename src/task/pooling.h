/// Hidden states of one text to one vector.
/// Reference: sentence_transformers Pooling and Normalize modules.
#pragma once
#include <span>

#include "model/model_directory.h"

namespace rkt {

/// hidden_states float32 [tokens, dim], tokens >= 1, all of them real → out [dim].
void pool(std::span<const float> hidden_states, PoolingMode mode, std::span<float> out) noexcept;

/// Joins the vectors of a long text's chunks, which may come in any order: start_chunks once, then add_chunk
/// for each, which has `tokens` of the text's `total_tokens`. For mean, exactly the mean over all tokens; for
/// cls and mean_sqrt_len, the mean of the chunks weighted by their tokens; for max, the maximum.
void start_chunks(PoolingMode mode, std::span<float> text) noexcept;
void add_chunk(std::span<const float> chunk, int tokens, int total_tokens, PoolingMode mode,
               std::span<float> text) noexcept;

/// Scales to unit L2 norm; a vector shorter than 1e-12 is divided by that, as torch.nn.functional.normalize
/// does.
void normalize(std::span<float> vector) noexcept;

}  // namespace rkt
