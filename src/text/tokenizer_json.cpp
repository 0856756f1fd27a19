#include <algorithm>
#include <fmt/format.h>

#include "base/log.h"
#include "text/component_json.h"

namespace rkt::text {
namespace {

Truncation read_truncation(const JsonView& view) {
  const auto clamp = [&](const char* key) {
    return static_cast<int>(std::min<int64_t>(view.integer(key, 0, INT64_MAX), INT32_MAX));
  };
  Truncation truncation;
  truncation.max_length = clamp("max_length");
  truncation.stride = clamp("stride");
  const std::string strategy = view.string("strategy"), direction = view.string_or("direction", "Right");
  if (strategy == "OnlyFirst")
    truncation.strategy = TruncationStrategy::only_first;
  else if (strategy == "OnlySecond")
    truncation.strategy = TruncationStrategy::only_second;
  else if (strategy != "LongestFirst")
    view.fail(fmt::format("strategy {} is not LongestFirst, OnlyFirst or OnlySecond", quote(strategy)));
  if (direction != "Left" && direction != "Right")
    view.fail(fmt::format("direction {} is neither Left nor Right", quote(direction)));
  if (direction == "Left") log(LogLevel::warning, view.where() + ": direction Left is read as Right");
  return truncation;
}

}  // namespace

Components read_tokenizer_json(std::string_view json, const std::string& where) {
  const Json parsed = parse_json(json, where);
  const JsonView document(parsed, where, ErrorCode::tokenizer_invalid);
  if (const std::string version = document.string_or("version", "1.0"); version != "1.0")
    throw Error(ErrorCode::feature_unsupported, fmt::format("version {} is not 1.0", quote(version)), where);

  Components components;
  if (document.has("normalizer")) components.normalizer = read_normalizer(document.object("normalizer"));
  if (document.has("pre_tokenizer"))
    components.pre_tokenizer = read_pre_tokenizer(document.object("pre_tokenizer"));
  components.model = read_model(document.object("model"));
  read_added_tokens(document, components);
  if (document.has("post_processor"))
    components.post_processor = read_post_processor(document.object("post_processor"), components);
  if (document.has("truncation")) components.truncation = read_truncation(document.object("truncation"));
  return components;
}

}  // namespace rkt::text
