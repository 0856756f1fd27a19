#include "model/model_directory.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "base/files.h"
#include "base/near_match.h"

namespace rkt {
namespace fs = std::filesystem;
namespace {

bool present(const fs::path& path) {
  std::error_code failure;
  return fs::exists(path, failure);
}

/// A file that a directory may do without.
std::optional<Json> read_optional(const fs::path& path) {
  if (!present(path)) return std::nullopt;
  return read_json(path);
}

void require_config(const fs::path& directory) {
  std::error_code failure;
  if (!fs::is_directory(directory, failure))
    throw Error(ErrorCode::path_not_found, fmt::format("'{}' is not a directory", directory.string()), {},
                "name the model's directory, not a file in it");
  if (present(directory / "config.json")) return;
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory, failure))
    names.push_back(entry.path().filename().string());
  const std::string near = did_you_mean("config.json", names);
  throw Error(ErrorCode::path_not_found, fmt::format("no config.json in '{}'", directory.string()), {},
              near.empty() ? "name a directory as transformers' save_pretrained writes it" : near);
}

/// The directory of a module that modules.json names must be there; Normalize's need not (git keeps no empty
/// directories).
PoolingConfig read_pooling(const fs::path& directory) {
  PoolingConfig pooling;
  const fs::path list = directory / "modules.json";
  const std::optional<Json> json = read_optional(list);
  if (!json) return pooling;
  const SentenceModules modules = parse_modules(*json, list.string());
  if (!modules.transformer.empty() && fs::path(modules.transformer).lexically_normal() != ".")
    throw Error(ErrorCode::feature_unsupported,
                fmt::format("the transformer is in '{}', not beside modules.json", modules.transformer),
                list.string(),
                "load and save the model with a current sentence-transformers, which puts it in the root");
  if (modules.has_pooling) {
    const fs::path file = directory / modules.pooling / "config.json";
    pooling.mode = parse_pooling(read_json(file), file.string());
  }
  if (modules.has_normalize) {
    pooling.normalize = true;
    const fs::path file = directory / modules.normalize / "config.json";
    // an empty path would name the encoder's own config.json
    const std::optional<Json> options = modules.normalize.empty() ? std::nullopt : read_optional(file);
    if (options) check_normalize(*options, file.string());
  }
  return pooling;
}

/// Reference: sentence_transformers.base.modules.transformer.Transformer, whose older releases wrote
/// max_seq_length and whose newer ones leave it to the tokenizer.
int read_max_length(const fs::path& directory, int positions) {
  constexpr int64_t longest = int64_t{1} << 40;  // files say 2^31-1 and the like for "no limit"
  const fs::path sentence_file = directory / "sentence_bert_config.json";
  if (const std::optional<Json> json = read_optional(sentence_file)) {
    const JsonView view(*json, sentence_file.string(), ErrorCode::config_invalid);
    if (view.has("max_seq_length"))
      return static_cast<int>(std::min<int64_t>(positions, view.integer("max_seq_length", 1, longest)));
  }
  const fs::path tokenizer_file = directory / "tokenizer_config.json";
  if (const std::optional<Json> json = read_optional(tokenizer_file)) {
    const JsonView view(*json, tokenizer_file.string(), ErrorCode::config_invalid);
    const double length = view.number_or("model_max_length", positions);  // 1e30 stands for "no limit"
    if (!(length >= 1)) view.fail(fmt::format("'model_max_length' is {}, at least 1 is expected", length));
    return static_cast<int>(std::min<double>(positions, length));
  }
  return positions;
}

/// sentence-transformers can lower-case texts for a tokenizer that does not; tokenizer.json does not say so.
/// BertTokenizer lower-cases unless its configuration says otherwise.
void check_letter_case(const fs::path& directory) {
  const auto flag = [&](const char* name, bool fallback) {
    const fs::path file = directory / name;
    const std::optional<Json> json = read_optional(file);
    if (!json) return fallback;
    return JsonView(*json, file.string(), ErrorCode::config_invalid).boolean_or("do_lower_case", fallback);
  };
  if (flag("sentence_bert_config.json", false) && !flag("tokenizer_config.json", true))
    throw Error(ErrorCode::feature_unsupported,
                "'do_lower_case' is true in sentence_bert_config.json and false in tokenizer_config.json: "
                "lower-casing before a cased tokenizer is not known",
                directory.string(), "if the model is an uncased one, set both to true");
}

}  // namespace

ModelDirectory ModelDirectory::open(const fs::path& path) {
  require_exists(path);
  ModelDirectory model;
  model.path = path;
  model.pooling = read_pooling(path);  // first: it knows why a config.json may not be where it is expected
  require_config(path);
  const fs::path file = path / "config.json";
  model.config_json = read_json(file);
  model.config = parse_encoder_config(model.config_json, file.string());
  check_letter_case(path);
  model.max_seq_length = read_max_length(path, model.config.max_positions);
  model.rknn = parse_rknn_entries(model.config_json, file.string());
  return model;
}

}  // namespace rkt
