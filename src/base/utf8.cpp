#include "base/utf8.h"

namespace rkt {
namespace {

unsigned byte_at(std::string_view text, size_t i) noexcept {
  return static_cast<unsigned char>(text[i]);
}

bool continues(std::string_view text, size_t i) noexcept {
  return i < text.size() && (byte_at(text, i) & 0xC0U) == 0x80U;
}

}  // namespace

std::optional<size_t> find_invalid_utf8(std::string_view text) noexcept {
  size_t i = 0;
  while (i < text.size()) {
    const unsigned lead = byte_at(text, i);
    if (lead < 0x80) {
      ++i;
    } else if (lead >= 0xC2 && lead <= 0xDF) {
      if (!continues(text, i + 1)) return i;
      i += 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      if (!continues(text, i + 1) || !continues(text, i + 2)) return i;
      const unsigned second = byte_at(text, i + 1);
      if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)) return i;
      i += 3;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      if (!continues(text, i + 1) || !continues(text, i + 2) || !continues(text, i + 3)) return i;
      const unsigned second = byte_at(text, i + 1);
      if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) return i;
      i += 4;
    } else {
      return i;
    }
  }
  return std::nullopt;
}

char32_t next_code_point(std::string_view text, size_t& position) noexcept {
  const unsigned lead = byte_at(text, position++);
  if (lead < 0x80) return lead;
  const int more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  char32_t point = lead & (0x3FU >> more);
  for (int k = 0; k < more; ++k) point = (point << 6U) | (byte_at(text, position++) & 0x3FU);
  return point;
}

void append_utf8(std::string& text, char32_t point) {
  const auto put = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6U));
    put(0x80 | (point & 0x3FU));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12U));
    put(0x80 | ((point >> 6U) & 0x3FU));
    put(0x80 | (point & 0x3FU));
  } else {
    put(0xF0 | (point >> 18U));
    put(0x80 | ((point >> 12U) & 0x3FU));
    put(0x80 | ((point >> 6U) & 0x3FU));
    put(0x80 | (point & 0x3FU));
  }
}

}  // namespace rkt
