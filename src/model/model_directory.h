/// A Hugging Face or sentence-transformers model directory: what is in it and what it asks for.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/config.h"
#include "model/rknn_entries.h"
#include "model/sentence_modules.h"

namespace rkt {

/// Read once, immutable.
struct ModelDirectory {
  std::filesystem::path path;
  Json config_json;  ///< The whole config.json.
  EncoderConfig config;
  PoolingConfig pooling;

  /// Tokens, specials counted: the positions available, or fewer if sentence_bert_config.json's
  /// max_seq_length says so or, without that key, tokenizer_config.json's model_max_length.
  int max_seq_length = 0;

  std::vector<RknnEntry> rknn;

  /// Throws RKT-1001 (near matches; a hint if the directory holds no config.json), RKT-1002 (one of its files
  /// cannot be read, be it one that it may do without), RKT-1003, RKT-1004, RKT-1005, RKT-1009 (a module of
  /// modules.json that this version does not know, several pooling modes at once, a transformer outside of
  /// the directory's root, lower-casing that the tokenizer does not do itself).
  static ModelDirectory open(const std::filesystem::path& path);
};

}  // namespace rkt
