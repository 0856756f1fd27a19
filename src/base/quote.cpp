#include "base/quote.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/utf8.h"

namespace rkt {

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const size_t valid = find_invalid_utf8(text).value_or(text.size());
    for (size_t i = 0; i < valid;) {
      const size_t begin = i;
      const char32_t point = next_code_point(text, i);
      if (point == U'\n')
        result += "\\n";
      else if (point == U'\t')
        result += "\\t";
      else if (point == U'\r')
        result += "\\r";
      else if (point < 0x20 || (point >= 0x7F && point < 0xA0))
        result += fmt::format("\\x{:02x}", static_cast<uint32_t>(point));
      else
        result += text.substr(begin, i - begin);
    }
    text.remove_prefix(valid);
    if (text.empty()) break;
    result += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
    text.remove_prefix(1);
  }
  return result;
}

std::string shorten(std::string_view text, size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return std::string(text.substr(0, bytes)) + "…";
}

std::string quote(std::string_view text) {
  constexpr size_t longest = 60;
  return nlohmann::json(shorten(text, longest))
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace rkt
