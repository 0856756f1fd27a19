#include "cli/text_width.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace rkt::cli {
namespace {

struct Range {
  uint32_t first, last;
};

bool within(uint32_t code_point, const auto& ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
    return code_point >= range.first && code_point <= range.last;
  });
}

int width_of(uint32_t code_point) {
  constexpr std::array none{Range{0x300, 0x36f}, Range{0x200b, 0x200f}, Range{0x202a, 0x202e},
                            Range{0x20d0, 0x20ff}, Range{0xfe00, 0xfe0f}};
  constexpr std::array wide{Range{0x1100, 0x115f}, Range{0x2e80, 0xa4cf},   Range{0xac00, 0xd7a3},
                            Range{0xf900, 0xfaff}, Range{0xfe30, 0xfe6f},   Range{0xff00, 0xff60},
                            Range{0xffe0, 0xffe6}, Range{0x1f300, 0x1faff}, Range{0x20000, 0x3fffd}};
  if (within(code_point, none)) return 0;
  return within(code_point, wide) ? 2 : 1;
}

/// The character at the front of `text`, taken off it; what is not UTF-8 goes byte by byte.
uint32_t take(std::string_view& text, std::string_view& bytes) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const size_t size = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  bytes = text.substr(0, size);
  text.remove_prefix(bytes.size());
  uint32_t code_point = size == 1 ? lead : lead & (0x7fU >> size);
  for (const char c : bytes.substr(1))
    code_point = code_point << 6U | (static_cast<unsigned char>(c) & 0x3fU);
  return code_point;
}

bool is_control(uint32_t code_point) {
  return code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0);
}

}  // namespace

int display_width(std::string_view text) {
  int width = 0;
  for (std::string_view bytes; !text.empty();) width += width_of(take(text, bytes));
  return width;
}

std::string shortened(std::string_view text, int columns) {
  std::string all, cut;
  int width = 0;
  for (std::string_view bytes; !text.empty();) {
    const uint32_t code_point = take(text, bytes);
    width += width_of(code_point);
    if (width > columns) return cut + "…";
    all += is_control(code_point) ? " " : std::string(bytes);
    if (width < columns) cut = all;
  }
  return all;
}

}  // namespace rkt::cli
