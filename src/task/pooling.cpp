#include "task/pooling.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rkt {

void pool(std::span<const float> hidden_states, PoolingMode mode, std::span<float> out) noexcept {
  const size_t dim = out.size(), tokens = hidden_states.size() / dim;
  std::copy_n(hidden_states.begin(), dim, out.begin());  // the first token: all that cls needs
  if (mode == PoolingMode::cls) return;
  for (size_t token = 1; token < tokens; ++token) {
    const float* state = hidden_states.data() + token * dim;
    if (mode == PoolingMode::max) {
      for (size_t c = 0; c < dim; ++c) out[c] = std::max(out[c], state[c]);
    } else {
      for (size_t c = 0; c < dim; ++c) out[c] += state[c];
    }
  }
  if (mode == PoolingMode::max) return;
  const float count = static_cast<float>(tokens);
  const float scale = 1.0F / (mode == PoolingMode::mean ? count : std::sqrt(count));
  for (float& value : out) value *= scale;
}

void start_chunks(PoolingMode mode, std::span<float> text) noexcept {
  std::fill(text.begin(), text.end(), mode == PoolingMode::max ? std::numeric_limits<float>::lowest() : 0.0F);
}

void add_chunk(std::span<const float> chunk, int tokens, int total_tokens, PoolingMode mode,
               std::span<float> text) noexcept {
  const float share = static_cast<float>(tokens) / static_cast<float>(total_tokens);
  for (size_t c = 0; c < text.size(); ++c)
    text[c] = mode == PoolingMode::max ? std::max(text[c], chunk[c]) : text[c] + share * chunk[c];
}

void normalize(std::span<float> vector) noexcept {
  double sum = 0;
  for (const float value : vector) sum += static_cast<double>(value) * value;
  const float scale = static_cast<float>(1.0 / std::max(std::sqrt(sum), 1e-12));
  for (float& value : vector) value *= scale;
}

}  // namespace rkt
