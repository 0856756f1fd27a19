/// JSON documents for the output.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace rkt::cli {

/// Indented by two, with a line break at the end. Names of files that are not UTF-8 come out with U+FFFD.
std::string json_document(const nlohmann::ordered_json& document);

/// On one line, with a line break at the end.
std::string json_line(const nlohmann::ordered_json& document);

}  // namespace rkt::cli
