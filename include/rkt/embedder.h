/// Load a model directory and turn texts into embeddings.
///     rkt::Embedder model("all-MiniLM-L6-v2");
///     rkt::Embeddings e = model.embed(texts);   // e.row(1): e.dim floats
/// Compiled and run as tests/engine/embedder_example_test.cpp. Terms: docs/glossary.md.
#pragma once
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rkt/device.h"
#include "rkt/error.h"
#include "rkt/tokenizer.h"

namespace rkt {

/// What to do with a text that has more tokens than the model takes.
/// chunk: cut into windows of the longest length, whose vectors are joined weighted by their tokens.
enum class Overflow { error, truncate, chunk };

/// How texts share a call of the device. The results are the same; only the time differs.
/// sorted: one text a row, texts of like length together. packed: several texts a row, block-diagonal mask.
enum class Batching { sorted, packed };

struct EmbedOptions {
  Overflow overflow = Overflow::error;
  int max_length = 0;  ///< Tokens, specials counted, 3..the model's positions; 0 = Embedder::max_tokens().
  Batching batching = Batching::sorted;
};

/// Row-major float32 [rows, dim]; row i belongs to text i, whatever order the device ran them in.
struct Embeddings {
  int rows = 0, dim = 0;
  std::vector<float> values;  ///< rows * dim; unit L2 norm if the model normalises.
  std::vector<int> tokens;    ///< [rows] tokens that went through the model: specials counted, padding not.
  StageTimes times;

  std::span<const float> row(int i) const {
    return std::span(values).subspan(static_cast<size_t>(i) * static_cast<size_t>(dim),
                                     static_cast<size_t>(dim));
  }
};

/// One loaded model. Movable, not copyable; const members may be called from many threads at once.
class Embedder {
 public:
  /// Opens a model directory of Hugging Face or sentence-transformers, or one that export wrote.
  /// Throws RKT-1001..1009 for what is wrong with the directory, RKT-3001 no such device, RKT-3002 the device
  /// failed.
  explicit Embedder(const std::filesystem::path& directory, const DeviceOptions& options = {});

  /// Embeds UTF-8 texts (each may be empty): every row or an exception, never a partial result.
  /// Throws RKT-2001 invalid UTF-8, RKT-2002 a text without any token (an empty one where the tokenizer adds
  /// no special tokens), RKT-2003 a text over the limit with Overflow::error (both with its index), RKT-4009
  /// options.max_length out of range, RKT-3002 the device failed. Reference:
  /// sentence_transformers.SentenceTransformer.encode; parity: tests/engine/parity_test.cpp.
  Embeddings embed(std::span<const std::string_view> texts, const EmbedOptions& options = {}) const;
  Embeddings embed(std::span<const std::string> texts, const EmbedOptions& options = {}) const;

  int dim() const noexcept;         ///< Floats per embedding.
  int max_tokens() const noexcept;  ///< Tokens a text may have, specials counted.
  std::string device() const;       ///< What runs it: "OpenVINO 2026.4.1 on …, float32, 4 threads".
  const Tokenizer& tokenizer() const noexcept;

  Embedder(Embedder&&) noexcept;
  Embedder& operator=(Embedder&&) noexcept;
  ~Embedder();

 private:
  struct Impl;  // keeps OpenVINO and JSON out of this header
  std::unique_ptr<const Impl> impl_;
};

}  // namespace rkt
