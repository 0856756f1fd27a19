#include "model/model_directory.h"

#include <fmt/format.h>
#include <optional>

#include "base/files.h"
#include "base/near_match.h"
#include "base/quote.h"
#include "model/max_length.h"

namespace rkt {
namespace fs = std::filesystem;
namespace {

/// A file that a directory may do without.
std::optional<Json> read_optional(const fs::path& path) {
  if (is_absent(path)) return std::nullopt;
  return read_json(path);
}

void require_config(const fs::path& directory) {
  std::error_code failure;
  if (!fs::is_directory(directory, failure))
    throw Error(ErrorCode::path_not_found, fmt::format("'{}' is not a directory", directory.string()), {},
                "name the model's directory, not a file in it");
  if (!is_absent(directory / "config.json")) return;
  const std::string near = did_you_mean("config.json", names_in(directory));
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
    throw Error(
        ErrorCode::feature_unsupported,
        fmt::format("the transformer is in '{}', not beside modules.json", shorten(modules.transformer)),
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
  const fs::path sentence_file = directory / "sentence_bert_config.json";
  if (const std::optional<Json> json = read_optional(sentence_file))
    if (const auto length = parse_max_seq_length(*json, positions, sentence_file.string())) return *length;
  const fs::path tokenizer_file = directory / "tokenizer_config.json";
  const std::optional<Json> json = read_optional(tokenizer_file);
  return json ? parse_model_max_length(*json, positions, tokenizer_file.string()) : positions;
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
