#include "model/weights.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>
#include <string_view>

#include "rkt/error.h"

#include "base/json.h"
#include "base/near_match.h"
#include "base/quote.h"
#include "model/weight_index.h"

namespace rkt {
namespace fs = std::filesystem;
namespace {

constexpr const char* single_name = "model.safetensors";
constexpr const char* index_name = "model.safetensors.index.json";
constexpr std::string_view first_tensor = "embeddings.word_embeddings.weight";

Error no_weights(const fs::path& directory) {
  std::string hint = did_you_mean(single_name, names_in(directory));
  if (!is_absent(directory / "pytorch_model.bin"))
    hint =
        "pytorch_model.bin is there, a format that can run code when it is read: convert it with "
        "transformers, AutoModel.from_pretrained(directory).save_pretrained(directory)";
  return {ErrorCode::path_not_found,
          fmt::format("no {} and no {} in '{}'", single_name, index_name, directory.string()),
          {},
          hint.empty() ? "download the model's weights in safetensors format" : hint};
}

template <typename Map>
std::optional<std::string> prefix_in(const Map& names) {
  for (const auto& [name, unused] : names)
    if (name.ends_with(first_tensor)) return name.substr(0, name.size() - first_tensor.size());
  return std::nullopt;
}

}  // namespace

bool has_weights(const std::filesystem::path& directory) {
  return std::filesystem::exists(directory / single_name) || std::filesystem::exists(directory / index_name);
}

Weights::Weights(const fs::path& directory) : where_(directory.string()) {
  require_exists(directory);
  if (!is_absent(directory / single_name)) {
    open_single(directory / single_name);
  } else if (!is_absent(directory / index_name)) {
    open_sharded(directory, directory / index_name);
  } else {
    throw no_weights(directory);
  }
  prefix_ = prefix_in(tensors_).value_or(prefix_in(absent_).value_or(""));
}

void Weights::open_single(const fs::path& file) {
  shards_.push_back(std::make_unique<Safetensors>(file));
  files_.push_back(file);
  tensors_ = shards_.back()->tensors();
}

void Weights::open_sharded(const fs::path& directory, const fs::path& index) {
  std::map<std::string, const Safetensors*> opened;  // null: not there
  for (const auto& [tensor, file] : parse_weight_index(read_json(index), index.string())) {
    if (!opened.contains(file)) {
      opened[file] = nullptr;
      if (!is_absent(directory / file)) {
        shards_.push_back(std::make_unique<Safetensors>(directory / file));
        files_.push_back(directory / file);
        opened[file] = shards_.back().get();
      }
    }
    const Safetensors* shard = opened[file];
    if (shard == nullptr) {
      absent_[tensor] = file;
    } else if (const auto found = shard->tensors().find(tensor); found != shard->tensors().end()) {
      tensors_.insert(*found);  // what the index names and the file does not list may be an integer tensor
    }
  }
}

const TensorView* Weights::find(const std::string& name) const {
  auto found = tensors_.find(prefix_ + name);
  if (found == tensors_.end()) found = tensors_.find(name);
  return found == tensors_.end() ? nullptr : &found->second;
}

TensorView Weights::tensor(const std::string& name, const Shape& shape) const {
  const TensorView* found = find(name);
  if (found == nullptr) fail_missing(name);
  if (found->shape != shape)
    throw Error(ErrorCode::tensor_missing,
                fmt::format("tensor '{}' has shape [{}]; [{}] is expected", name,
                            fmt::join(found->shape, ", "), fmt::join(shape, ", ")),
                where_, "config.json and the weights are of different models, or one of them was altered");
  return *found;
}

void Weights::fail_missing(const std::string& name) const {
  for (const std::string& full : {prefix_ + name, name})
    if (const auto absent = absent_.find(full); absent != absent_.end())
      throw Error(
          ErrorCode::tensor_missing,
          fmt::format("tensor '{}' is in '{}', which is not there", shorten(full), shorten(absent->second)),
          where_, "download that file too; without it only the exported parts of the model can be used");
  std::vector<std::string> names;
  for (const auto& [present, unused] : tensors_) names.push_back(present);
  std::string hint = did_you_mean(prefix_ + name, names);
  if (hint.empty())
    hint = fmt::format("the checkpoint has {} other tensors: is it of this model?", names.size());
  throw Error(ErrorCode::tensor_missing,
              fmt::format("no tensor '{}' in the weights", shorten(prefix_ + name)), where_, hint);
}

int64_t Weights::parameters() const noexcept {
  int64_t count = 0;
  for (const auto& [name, tensor] : tensors_) count += tensor.elements();
  return count;
}

std::string Weights::hash() const {
  std::string list;
  for (const auto& [name, tensor] : tensors_) {
    const std::string_view bytes(reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size());
    // the name's length comes first: no name can imitate the rest of a line
    list += fmt::format("{} {} {} [{}] {}\n", name.size(), name, name_of(tensor.dtype),
                        fmt::join(tensor.shape, ","), sha256(bytes));
  }
  return sha256(list);
}

}  // namespace rkt
