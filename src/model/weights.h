/// All tensors of a model directory by name, whichever files hold them.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "model/safetensors.h"

namespace rkt {

/// model.safetensors, or the files that model.safetensors.index.json names. Immutable, thread-safe.
class Weights {
 public:
  /// Throws RKT-1001 (a hint names pytorch_model.bin if that is what is there), RKT-1003, RKT-1006.
  /// A file that the index names but that is absent is an error when one of its tensors is asked for,
  /// so that a board can do without the encoder's weights.
  explicit Weights(const std::filesystem::path& directory);

  /// The tensor called `name`, or called so behind a prefix that all of the checkpoint's names share
  /// ("bert.", "roberta."). Throws RKT-1007 missing (with near matches) or not of `shape`.
  TensorView tensor(const std::string& name, const Shape& shape) const;

  bool has(const std::string& name) const;
  const std::vector<std::filesystem::path>& files() const noexcept { return files_; }
  int64_t parameters() const noexcept;  ///< Elements of all present tensors.

  /// A hash over names, shapes and bytes of all present tensors: equal weights, equal hash. Lower-case hex
  /// SHA-256.
  std::string hash() const;

 private:
  std::string where_;
  std::string prefix_;
  std::vector<std::filesystem::path> files_;
  std::vector<std::unique_ptr<Safetensors>> shards_;
  std::map<std::string, TensorView> tensors_;
  std::map<std::string, std::string> absent_;  // tensor → file that is not there
};

}  // namespace rkt
