/// A Hugging Face or sentence-transformers model directory: what is in it and what it asks for.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/config.h"

namespace rkt {

enum class PoolingMode { cls, mean, max, mean_sqrt_len };

/// What follows the encoder, from modules.json. Without that file: mean pooling, not normalised,
/// as sentence-transformers does for a plain transformers directory.
struct PoolingConfig {
  PoolingMode mode = PoolingMode::mean;
  bool normalize = false;
};

/// One compiled file, from the "rknn" object of config.json (the Python tool's entries and ours).
struct RknnEntry {
  std::string file;  ///< Relative path with '/', the entry's key.
  std::string platform;
  int batch_size = 0, max_seq_length = 0;
  std::string dtype;  ///< "float16", or the quantised dtype when do_quantization is true.
  Json json;          ///< The whole entry, to be written back unchanged.
};

/// Read once, immutable.
struct ModelDirectory {
  std::filesystem::path path;
  Json config_json;  ///< The whole config.json.
  EncoderConfig config;
  PoolingConfig pooling;
  int max_seq_length = 0;  ///< min(sentence_bert_config.json's max_seq_length if given, positions available).
  std::vector<RknnEntry> rknn;

  /// Throws RKT-1001 (near matches; a hint if the directory holds no config.json), RKT-1003, RKT-1004,
  /// RKT-1005, RKT-1009 (a module of modules.json that this version does not know, several pooling modes at
  /// once).
  static ModelDirectory open(const std::filesystem::path& path);
};

}  // namespace rkt
