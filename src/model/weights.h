/// All tensors of a model directory by name, whichever files hold them.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "model/safetensors.h"

namespace rkt {

/// Whether `directory` holds files that Weights opens.
bool has_weights(const std::filesystem::path& directory);

/// model.safetensors, or the files that model.safetensors.index.json names, mapped: they must not be
/// truncated or changed in place while the object lives (MappedFile). Immutable, thread-safe.
class Weights {
 public:
  /// Throws RKT-1001 (a hint names pytorch_model.bin if that is what is there), RKT-1002 a file that cannot
  /// be read, RKT-1003, RKT-1006. A file that the index names but that is absent is an error when one of its
  /// tensors is asked for, so that a board can do without the encoder's weights.
  explicit Weights(const std::filesystem::path& directory);

  /// The tensor called `name`, or called so behind the encoder's prefix: what this checkpoint puts before
  /// "embeddings.word_embeddings.weight" ("bert." in task models, nothing in plain encoders).
  /// Throws RKT-1007 missing (with near matches) or not of `shape`.
  TensorView tensor(const std::string& name, const Shape& shape) const;

  /// The safetensors files that are there, in the order the index names them first.
  const std::vector<std::filesystem::path>& files() const noexcept { return files_; }

  /// All floating tensors that are there, under the checkpoint's own names.
  const std::map<std::string, TensorView>& tensors() const noexcept { return tensors_; }

  int64_t parameters() const noexcept;  ///< Elements of all present floating tensors.

  /// A hash over names, types, shapes and bytes of all present tensors, whichever files hold them: equal
  /// weights, equal hash. Lower-case hex SHA-256. Reads every byte.
  std::string hash() const;

 private:
  void open_single(const std::filesystem::path& file);
  void open_sharded(const std::filesystem::path& directory, const std::filesystem::path& index);
  const TensorView* find(const std::string& name) const;
  [[noreturn]] void fail_missing(const std::string& name) const;

  std::string where_;
  std::string prefix_;
  std::vector<std::filesystem::path> files_;
  std::vector<std::unique_ptr<Safetensors>> shards_;
  std::map<std::string, TensorView> tensors_;
  std::map<std::string, std::string> absent_;  // tensor → file that is not there
};

}  // namespace rkt
