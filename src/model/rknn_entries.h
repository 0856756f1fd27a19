/// The "rknn" object of config.json: which compiled files a directory holds.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"

namespace rkt {

/// One compiled file, as the Python tool's entries and ours describe it.
struct RknnEntry {
  std::string file;      ///< Relative path with '/', the entry's key.
  std::string platform;  ///< target_platform, "rk3588"
  int batch_size = 0;
  int max_seq_length = 0;  ///< Tokens, specials counted.
  std::string dtype;       ///< "float16", or the quantised dtype when do_quantization is true.
  Json json;               ///< The whole entry, to be written back unchanged.
};

/// The entries in the file's order; none if `config` has no "rknn" object. Keys that are not known are left
/// alone, as the Python tool does at an entry's top level. Throws RKT-1004 an entry that is not an object,
/// lacks a shape or a platform, or names a file outside the directory.
std::vector<RknnEntry> parse_rknn_entries(const Json& config, const std::string& where);

}  // namespace rkt
