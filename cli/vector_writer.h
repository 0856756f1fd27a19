/// Embeddings into an Output, block by block.
#pragma once
#include <cstdint>

#include "rkt/embedder.h"

#include "cli/output.h"

namespace rkt::cli {

/// npy: float32 [texts, dim]. jsonl: {"embedding":[…]} a line, every float in its shortest exact form.
enum class VectorFormat { npy, jsonl };

class VectorWriter {
 public:
  /// `output` must outlive the writer. Throws what Output::write throws, as all members do.
  VectorWriter(Output& output, VectorFormat format, int dim);

  void write(const Embeddings& embeddings);
  /// Completes the header of an .npy.
  void finish();

 private:
  Output& output_;
  const VectorFormat format_;
  const int dim_;
  uint64_t rows_ = 0;
};

}  // namespace rkt::cli
