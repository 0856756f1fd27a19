// The run path of embeddings in one screen: text → Encoding → batches → device → pooled rows.
#include "rkt/embedder.h"

#include <fmt/format.h>

#include "engine/encoder.h"
#include "engine/stopwatch.h"
#include "engine/windows.h"
#include "task/pooling.h"

namespace rkt {

struct Embedder::Impl {
  Impl(const std::filesystem::path& directory, const DeviceOptions& options)
      : encoder(ModelDirectory::open(directory), options) {}
  Encoder encoder;
};

Embedder::Embedder(const std::filesystem::path& directory, const DeviceOptions& options)
    : impl_(std::make_unique<Impl>(directory, options)) {}

Embeddings Embedder::embed(std::span<const std::string_view> texts, const EmbedOptions& options) const {
  const Encoder& encoder = impl_->encoder;
  const PoolingConfig& pooling = encoder.directory().pooling;
  Embeddings result;
  result.rows = static_cast<int>(texts.size());
  result.dim = dim();
  result.values.resize(texts.size() * static_cast<size_t>(result.dim));
  const auto row = [&](int i) {
    return std::span(result.values)
        .subspan(static_cast<size_t>(i) * static_cast<size_t>(result.dim), static_cast<size_t>(result.dim));
  };

  Windows windows;  // one a text, more where a long text is cut into chunks
  {
    Stopwatch watch(result.times.tokenize);
    windows = encode_windows(encoder.tokenizer(), texts, limit_of(encoder.directory(), options.max_length),
                             options.overflow);
  }
  result.tokens = windows.tokens_per_text;
  for (int i = 0; i < result.rows; ++i)
    if (windows.count_of_text[static_cast<size_t>(i)] > 1) start_chunks(pooling.mode, row(i));

  std::vector<float> chunk(static_cast<size_t>(result.dim));
  encoder.run(
      windows.encodings, options.batching,
      [&](int window, std::span<const float> hidden_states) {
        const int text = windows.text_of[static_cast<size_t>(window)];
        if (windows.count_of_text[static_cast<size_t>(text)] == 1) {
          pool(hidden_states, pooling.mode, row(text));
        } else {
          pool(hidden_states, pooling.mode, chunk);
          const int tokens = static_cast<int>(windows.encodings[static_cast<size_t>(window)]->size());
          add_chunk(chunk, tokens, result.tokens[static_cast<size_t>(text)], pooling.mode, row(text));
        }
      },
      result.times);

  if (pooling.normalize)
    for (int i = 0; i < result.rows; ++i) normalize(row(i));
  return result;
}

Embeddings Embedder::embed(std::span<const std::string> texts, const EmbedOptions& options) const {
  return embed(std::vector<std::string_view>(texts.begin(), texts.end()), options);
}

int Embedder::dim() const noexcept {
  return impl_->encoder.directory().config.hidden;
}

int Embedder::max_tokens() const noexcept {
  return impl_->encoder.directory().max_seq_length;
}

std::string Embedder::device() const {
  return impl_->encoder.device().description();
}

const Tokenizer& Embedder::tokenizer() const noexcept {
  return impl_->encoder.tokenizer();
}

Embedder::Embedder(Embedder&&) noexcept = default;
Embedder& Embedder::operator=(Embedder&&) noexcept = default;
Embedder::~Embedder() = default;

}  // namespace rkt
