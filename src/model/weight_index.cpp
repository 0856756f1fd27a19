#include "model/weight_index.h"

#include <fmt/format.h>

#include "base/quote.h"
#include "model/relative_path.h"

namespace rkt {

std::vector<std::pair<std::string, std::string>> parse_weight_index(const Json& json,
                                                                    const std::string& where) {
  const JsonView map = JsonView(json, where, ErrorCode::weights_invalid).object("weight_map");
  std::vector<std::pair<std::string, std::string>> files;
  files.reserve(map.value().size());
  for (const auto& [tensor, file] : map.value().items()) {
    if (!file.is_string())
      map.fail(fmt::format("'{}' is {}, a file name is expected", shorten(tensor), file.type_name()));
    files.emplace_back(tensor, file.template get<std::string>());
    require_inside(files.back().second, where, ErrorCode::weights_invalid);
  }
  return files;
}

}  // namespace rkt
