/// The directory an export writes: staged, checked, put in place at the end.
#pragma once
#include <filesystem>
#include <string>

#include "base/json.h"
#include "base/staging_directory.h"
#include "model/model_directory.h"
#include "model/weights.h"

namespace rkt {

/// Where the export goes and what is there already. Holds the destination's lock: a second export into the
/// same directory waits, then finds the first one's entries. Nothing of the destination changes before
/// commit().
class OutputDirectory {
 public:
  /// `destination` may be the model's own directory.
  /// Throws RKT-4008 if it cannot be written or holds another model, RKT-1003 and RKT-1004 a damaged
  /// config.json there.
  OutputDirectory(const std::filesystem::path& destination, const ModelDirectory& model,
                  const Weights& weights);

  const std::filesystem::path& staging() const noexcept { return staging_.path(); }
  const std::string& weights_sha256() const noexcept { return weights_sha256_; }

  /// The "rknn" object that the destination has so far.
  const Json& entries() const noexcept { return entries_; }

  /// Copies tokenizer and pooling files and the weights, unless the destination is the model's own directory.
  void add_model_files(const ModelDirectory& model, const Weights& weights);

  /// Adds one entry to config.json, then puts everything in place, config.json last. Throws RKT-4008.
  void commit(const std::string& file, const Json& entry);

 private:
  StagingDirectory staging_;
  bool in_place_;
  std::string weights_sha256_;
  Json config_, entries_;
};

}  // namespace rkt
