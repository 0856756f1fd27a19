/// The directory an export writes: staged beside its destination, put in place at the end.
#pragma once
#include <filesystem>
#include <string>

#include "base/files.h"
#include "base/json.h"
#include "model/model_directory.h"
#include "model/weights.h"

namespace rkt {

/// Where the export goes and what is there already. Nothing of the destination changes before commit().
class OutputDirectory {
 public:
  /// `destination` may be the model's own directory. Throws RKT-4008 if it cannot be written or holds another
  /// model.
  OutputDirectory(const std::filesystem::path& destination, const ModelDirectory& model,
                  const Weights& weights);

  const std::filesystem::path& staging() const noexcept { return staging_.path(); }
  const std::string& weights_sha256() const noexcept { return weights_sha256_; }

  /// The "rknn" object so far: entries whose files are there.
  const Json& entries() const noexcept { return entries_; }

  /// Copies tokenizer and pooling files and the weights, unless the destination is the model's own directory.
  void add_model_files(const ModelDirectory& model, const Weights& weights);

  /// Adds one entry to config.json, then puts everything in place, config.json last. Throws RKT-4008.
  void commit(const std::string& file, const Json& entry);

 private:
  std::filesystem::path destination_;
  bool in_place_;
  std::string weights_sha256_;
  Json config_, entries_;
  StagingDirectory staging_;
};

}  // namespace rkt
