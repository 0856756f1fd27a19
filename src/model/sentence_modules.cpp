#include "model/sentence_modules.h"

#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/quote.h"
#include "model/relative_path.h"

namespace rkt {
namespace {

struct ModeName {
  std::string_view name, legacy_key;
  std::optional<PoolingMode> mode;  // empty: the reference has it, this version does not
};

constexpr std::array mode_names{
    ModeName{"cls", "pooling_mode_cls_token", PoolingMode::cls},
    ModeName{"max", "pooling_mode_max_tokens", PoolingMode::max},
    ModeName{"mean", "pooling_mode_mean_tokens", PoolingMode::mean},
    ModeName{"mean_sqrt_len_tokens", "pooling_mode_mean_sqrt_len_tokens", PoolingMode::mean_sqrt_len},
    ModeName{"weightedmean", "pooling_mode_weightedmean_tokens", std::nullopt},
    ModeName{"lasttoken", "pooling_mode_lasttoken", std::nullopt},
};

std::string known_modes() {
  std::vector<std::string_view> names;
  for (const ModeName& mode : mode_names)
    if (mode.mode) names.push_back(mode.name);
  return fmt::format("this version pools by one of {}", fmt::join(names, ", "));
}

Error unsupported(const std::string& problem, const std::string& where, const std::string& hint) {
  return {ErrorCode::feature_unsupported, problem, where, hint};
}

std::vector<std::string> wanted_modes(const JsonView& view) {
  std::vector<std::string> modes;
  if (view.has("pooling_mode")) {
    if (!view.value()["pooling_mode"].is_array()) return {view.string("pooling_mode")};
    for (const Json& mode : view.array("pooling_mode")) {
      if (!mode.is_string())
        view.fail(fmt::format("'pooling_mode' lists {}, strings are expected", mode.type_name()));
      modes.push_back(mode.get<std::string>());
    }
    if (modes.empty()) view.fail("'pooling_mode' is an empty list, one mode is expected");
    return modes;
  }
  for (const ModeName& mode : mode_names)
    if (view.boolean_or(mode.legacy_key.data(), false)) modes.emplace_back(mode.name);
  if (modes.empty()) modes.emplace_back("mean");
  return modes;
}

std::string class_name(const std::string& type) {
  return type.substr(type.rfind('.') + 1);
}

}  // namespace

SentenceModules parse_modules(const Json& json, const std::string& where) {
  if (!json.is_array())
    throw Error(ErrorCode::config_invalid,
                fmt::format("found {} where a list of modules is expected", json.type_name()), where);
  SentenceModules modules;
  int stage = 0;  // 0 nothing yet, 1 transformer, 2 pooling, 3 normalize
  for (const Json& entry : json) {
    const JsonView view(entry, where, ErrorCode::config_invalid);
    const std::string type = view.string("type");
    const std::string path = view.string("path");
    if (!path.empty()) require_inside(path, where, ErrorCode::config_invalid);
    // another package's class of the same name may do anything
    const std::string name = type.starts_with("sentence_transformers.") ? class_name(type) : "";
    if (name == "Dropout") continue;  // does nothing outside of training
    const int next = name == "Transformer" ? 1 : name == "Pooling" ? 2 : name == "Normalize" ? 3 : 0;
    if (next == 0)
      throw unsupported(fmt::format("module '{}' is not known", shorten(type)), where,
                        "this version runs Transformer, Pooling and Normalize of sentence_transformers");
    const bool repeated_normalize = next == 3 && stage == 3;  // the same rows again
    if (next != stage + 1 && !repeated_normalize)
      throw unsupported(fmt::format("module '{}' in this place is not known", shorten(type)), where,
                        "this version runs one Transformer, then one Pooling, then Normalize");
    stage = next;
    if (next == 1) modules.transformer = path;
    if (next == 2) std::tie(modules.has_pooling, modules.pooling) = std::pair(true, path);
    if (next == 3) std::tie(modules.has_normalize, modules.normalize) = std::pair(true, path);
  }
  if (stage == 0) throw Error(ErrorCode::config_invalid, "lists no Transformer module", where);
  return modules;
}

PoolingMode parse_pooling(const Json& json, const std::string& where) {
  const JsonView view(json, where, ErrorCode::config_invalid);
  const std::vector<std::string> modes = wanted_modes(view);
  if (modes.size() > 1)
    throw unsupported(fmt::format("several pooling modes at once: {}", fmt::join(modes, ", ")), where,
                      known_modes());
  if (!view.boolean_or("include_prompt", true))
    throw unsupported("'include_prompt' is false: pooling without the prompt's tokens is not known", where,
                      "this version pools over all tokens of a text");
  for (const ModeName& mode : mode_names)
    if (mode.name == modes.front() && mode.mode) return *mode.mode;
  throw unsupported(fmt::format("pooling mode '{}' is not known", shorten(modes.front())), where,
                    known_modes());
}

void check_normalize(const Json& json, const std::string& where) {
  const JsonView view(json, where, ErrorCode::config_invalid);
  const std::string input = view.string_or("module_input_name", "sentence_embedding");
  const std::string output = view.string_or("module_output_name", input);
  if (input != "sentence_embedding" || output != input)
    throw unsupported(fmt::format("normalising '{}' into '{}' is not known", shorten(input), shorten(output)),
                      where, "this version normalises 'sentence_embedding' in place");
}

}  // namespace rkt
