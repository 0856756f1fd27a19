/// What a model directory or a compiled file is, without loading it.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "rkt/error.h"

namespace rkt {

/// One compiled file and what its directory's config.json says of it.
struct CompiledFile {
  std::filesystem::path path;
  bool exists = false;
  int64_t bytes = 0;
  std::string sha256;           ///< Of the bytes that are there.
  std::string recorded_sha256;  ///< By the exporter; empty for the Python tool's entries.
  bool described = false;       ///< An entry of config.json describes it; the fields below are from there.
  std::string platform, dtype, toolkit;
  int batch_size = 0, max_seq_length = 0;
  std::string inputs;  ///< "embeddings" (ours) or "ids" (the Python tool's).
  std::string report;  ///< The exporter's report, JSON on one line; empty if there is none.
};

struct ModelSummary {
  std::filesystem::path path;
  std::string model_type;                  ///< "bert"
  std::vector<std::string> architectures;  ///< "BertModel"
  int hidden = 0, layers = 0, heads = 0, intermediate = 0, vocab_size = 0, max_positions = 0;
  int max_tokens = 0;   ///< What a text may have, specials counted.
  std::string pooling;  ///< "mean", "cls", "max", "mean_sqrt_len"
  bool normalize = false;
  std::string tokenizer;  ///< "WordPiece"; empty if the directory has no tokenizer.json.
  std::vector<std::filesystem::path> weight_files;
  int64_t parameters = 0;  ///< 0 if the directory has no weights.
  bool self_test = false;
  std::vector<CompiledFile> compiled;
};

/// Throws RKT-1001..1009 for what is wrong with the directory.
ModelSummary inspect_directory(const std::filesystem::path& directory);

/// A .rknn file alone. If a config.json above it describes it, that is included.
/// Throws RKT-1001, RKT-1002, RKT-3003 it does not start as an .rknn file does.
CompiledFile inspect_file(const std::filesystem::path& file);

}  // namespace rkt
