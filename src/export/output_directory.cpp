#include "export/output_directory.h"

#include <array>
#include <fmt/format.h>

#include "rkt/error.h"

#include "export/weight_files.h"

namespace rkt {
namespace fs = std::filesystem;
namespace {

// What a run needs beside weights and config.json, and what tools of the Hugging Face family look for.
constexpr std::array companions{"tokenizer.json",
                                "tokenizer_config.json",
                                "special_tokens_map.json",
                                "vocab.txt",
                                "modules.json",
                                "sentence_bert_config.json",
                                "1_Pooling/config.json",
                                "config_sentence_transformers.json"};

bool is_same_directory(const fs::path& a, const fs::path& b) {
  std::error_code absent;
  return fs::equivalent(a, b, absent);
}

Json existing_entries(const fs::path& destination, const Json& config) {
  Json entries = Json::object();
  const auto found = config.find("rknn");
  if (found == config.end() || !found->is_object()) return entries;
  for (const auto& [file, entry] : found->items())
    if (fs::exists(destination / file)) entries[file] = entry;
  return entries;
}

void refuse_other_model(const fs::path& destination, const std::string& weights_sha256) {
  const bool has_weights = fs::exists(destination / "model.safetensors") ||
                           fs::exists(destination / "model.safetensors.index.json");
  if (!has_weights || Weights(destination).hash() == weights_sha256) return;
  throw Error(ErrorCode::output_unwritable,
              fmt::format("'{}' holds another model: its weights differ", destination.string()), "export",
              "choose another output directory, or remove this one first");
}

}  // namespace

OutputDirectory::OutputDirectory(const fs::path& destination, const ModelDirectory& model,
                                 const Weights& weights)
    : destination_(destination),
      in_place_(is_same_directory(destination, model.path)),
      weights_sha256_(weights.hash()),
      config_(model.config_json),
      entries_(Json::object()),
      staging_(destination) {
  if (fs::exists(destination / "config.json")) {
    if (!in_place_) refuse_other_model(destination, weights_sha256_);
    entries_ = existing_entries(destination, in_place_ ? config_ : read_json(destination / "config.json"));
  }
}

void OutputDirectory::add_model_files(const ModelDirectory& model, const Weights& weights) {
  if (in_place_) return;
  for (const char* name : companions) {
    if (!fs::exists(model.path / name)) continue;
    std::error_code failure;
    fs::create_directories((staging() / name).parent_path(), failure);
    write_file(staging() / name, read_file(model.path / name));
  }
  write_weight_files(weights, staging());
}

void OutputDirectory::commit(const std::string& file, const Json& entry) {
  entries_[file] = entry;
  config_["rknn"] = entries_;
  write_file(staging() / "config.json", config_.dump(2) + "\n");
  staging_.commit("config.json");
}

}  // namespace rkt
