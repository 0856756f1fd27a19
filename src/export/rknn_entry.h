/// Names of compiled files and their entries in config.json, as the Python tool reads and writes them.
#pragma once
#include <string>

#include "rkt/exporter.h"

#include "base/json.h"

namespace rkt {

/// "rknn/model_b1_s128_o3.rknn". As the Python tool names them: the shape is left out if it is batch 1 with
/// 512 tokens or the model's own limit, the level if it is 0; unlike there, every file is in rknn/. If
/// `entries` (the "rknn" object so far) has that name for another length, platform or row sharing, the shape
/// is written out, then the platform appended, then the row sharing, until nothing is overwritten.
std::string compiled_file_name(const ExportOptions& options, int length, RowSharing row_sharing,
                               const Json& entries);

/// What our own entries have beside the Python tool's keys, in one object at the entry's top level.
struct EntryFacts {
  std::string graph_id, weights_sha256;
};

/// The entry of a compiled file: the Python tool's keys with its values, and "librkt".
Json rknn_entry(const ExportReport& report, const ExportOptions& options, const EntryFacts& facts);

/// "allowed", "one_text".
std::string name_of(RowSharing sharing);

}  // namespace rkt
