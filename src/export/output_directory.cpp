#include "export/output_directory.h"

#include <fmt/format.h>
#include <vector>

#include "rkt/error.h"

#include "base/files.h"
#include "export/weight_files.h"
#include "model/rknn_entries.h"

namespace rkt {
namespace fs = std::filesystem;
namespace {

// What a run needs beside weights and config.json, and what tools of the Hugging Face family look for.
std::vector<std::string> companions_of(const fs::path& model) {
  std::vector<std::string> names{
      "tokenizer.json", "tokenizer_config.json",     "special_tokens_map.json",          "vocab.txt",
      "modules.json",   "sentence_bert_config.json", "config_sentence_transformers.json"};
  if (!fs::exists(model / "modules.json")) return names;
  const SentenceModules modules = parse_modules(read_json(model / "modules.json"), "modules.json");
  for (const std::string& path : {modules.pooling, modules.normalize})
    if (!path.empty()) names.push_back(path + "/config.json");
  return names;
}

bool is_same_directory(const fs::path& a, const fs::path& b) {
  std::error_code absent;
  return fs::equivalent(a, b, absent);
}

Json existing_entries(const fs::path& destination) {
  Json entries = Json::object();
  if (!fs::exists(destination / "config.json")) return entries;
  for (const RknnEntry& entry :
       parse_rknn_entries(read_json(destination / "config.json"), (destination / "config.json").string()))
    entries[entry.file] = entry.json;
  return entries;
}

}  // namespace

OutputDirectory::OutputDirectory(const fs::path& destination, const ModelDirectory& model,
                                 const Weights& weights)
    : staging_(destination),
      in_place_(is_same_directory(destination, model.path)),
      weights_sha256_(weights.hash()),
      config_(model.config_json),
      entries_(existing_entries(destination)) {
  if (!in_place_ && has_weights(destination) && Weights(destination).hash() != weights_sha256_)
    throw Error(ErrorCode::output_unwritable,
                fmt::format("'{}' holds another model: its weights differ", destination.string()), "export",
                "choose another output directory, or remove this one first");
}

void OutputDirectory::add_model_files(const ModelDirectory& model, const Weights& weights) {
  if (in_place_) return;
  for (const std::string& name : companions_of(model.path)) {
    if (!fs::exists(model.path / name)) continue;
    fs::create_directories((staging() / name).parent_path());
    write_file(staging() / name, read_file(model.path / name));
  }
  if (!has_weights(staging_.destination())) write_weight_files(weights, staging());
}

void OutputDirectory::commit(const std::string& file, const Json& entry) {
  entries_[file] = entry;
  config_["rknn"] = entries_;
  write_file(staging() / "config.json", config_.dump(2) + "\n");
  staging_.commit("config.json");
}

}  // namespace rkt
