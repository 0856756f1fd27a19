#include "model/max_length.h"

#include <algorithm>
#include <fmt/format.h>

namespace rkt {

std::optional<int> parse_max_seq_length(const Json& json, int positions, const std::string& where) {
  constexpr int64_t longest = int64_t{1} << 40;  // files say 2^31-1 and the like for "no limit"
  const JsonView view(json, where, ErrorCode::config_invalid);
  if (!view.has("max_seq_length")) return std::nullopt;
  return static_cast<int>(std::min<int64_t>(positions, view.integer("max_seq_length", 1, longest)));
}

int parse_model_max_length(const Json& json, int positions, const std::string& where) {
  const JsonView view(json, where, ErrorCode::config_invalid);
  const double length = view.number_or("model_max_length", positions);  // 1e30 stands for "no limit"
  if (!(length >= 1)) view.fail(fmt::format("'model_max_length' is {}, at least 1 is expected", length));
  return static_cast<int>(std::min<double>(positions, length));
}

}  // namespace rkt
