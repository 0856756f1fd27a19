#include "cli/json_text.h"

#include <nlohmann/json.hpp>

namespace rkt::cli {

using nlohmann::ordered_json;

std::string json_document(const ordered_json& document) {
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string json_line(const ordered_json& document) {
  return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace rkt::cli
