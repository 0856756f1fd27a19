#include "base/utf8.h"

#include <gtest/gtest.h>

namespace rkt {
namespace {

/// Table 3-7 of the Unicode standard, written out: an independent statement of what is well-formed.
bool well_formed(unsigned a, unsigned b, unsigned c, unsigned d, int length) {
  const auto in = [](unsigned byte, unsigned low, unsigned high) { return byte >= low && byte <= high; };
  const bool c_ok = in(c, 0x80, 0xBF), d_ok = in(d, 0x80, 0xBF);
  if (length == 1) return in(a, 0x00, 0x7F);
  if (length == 2) return in(a, 0xC2, 0xDF) && in(b, 0x80, 0xBF);
  if (length == 3)
    return c_ok && ((a == 0xE0 && in(b, 0xA0, 0xBF)) || (in(a, 0xE1, 0xEC) && in(b, 0x80, 0xBF)) ||
                    (a == 0xED && in(b, 0x80, 0x9F)) || (in(a, 0xEE, 0xEF) && in(b, 0x80, 0xBF)));
  return c_ok && d_ok &&
         ((a == 0xF0 && in(b, 0x90, 0xBF)) || (in(a, 0xF1, 0xF3) && in(b, 0x80, 0xBF)) ||
          (a == 0xF4 && in(b, 0x80, 0x8F)));
}

std::string bytes(std::initializer_list<unsigned> values) {
  std::string text;
  for (const unsigned value : values) text += static_cast<char>(static_cast<unsigned char>(value));
  return text;
}

TEST(Utf8, EveryPairOfBytes) {
  for (unsigned a = 0; a < 256; ++a)
    for (unsigned b = 0; b < 256; ++b) {
      const bool two_ascii = a < 0x80 && b < 0x80;
      const bool valid = two_ascii || well_formed(a, b, 0, 0, 2);
      ASSERT_EQ(!find_invalid_utf8(bytes({a, b})), valid) << a << ' ' << b;
    }
}

TEST(Utf8, EveryLeadAndSecondByteWithEdgesBehind) {
  const unsigned edges[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xF4, 0xFF};
  for (unsigned a = 0xC0; a < 256; ++a)
    for (unsigned b = 0; b < 256; ++b)
      for (const unsigned c : edges) {
        const bool pair_then_ascii = well_formed(a, b, 0, 0, 2) && c < 0x80;
        ASSERT_EQ(!find_invalid_utf8(bytes({a, b, c})), pair_then_ascii || well_formed(a, b, c, 0, 3))
            << a << ' ' << b << ' ' << c;
        for (const unsigned d : edges) {
          const bool shorter =
              (well_formed(a, b, c, 0, 3) && d < 0x80) ||
              (well_formed(a, b, 0, 0, 2) && ((c < 0x80 && d < 0x80) || well_formed(c, d, 0, 0, 2)));
          ASSERT_EQ(!find_invalid_utf8(bytes({a, b, c, d})), shorter || well_formed(a, b, c, d, 4))
              << a << ' ' << b << ' ' << c << ' ' << d;
        }
      }
}

TEST(Utf8, EveryCodePointSurvivesEncodingAndDecoding) {
  for (char32_t point = 0; point <= 0x10FFFF; ++point) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, point);
    ASSERT_EQ(text.size(), point < 0x80 ? 1U : point < 0x800 ? 2U : point < 0x10000 ? 3U : 4U);
    ASSERT_FALSE(find_invalid_utf8(text)) << static_cast<uint32_t>(point);
    size_t position = 0;
    ASSERT_EQ(next_code_point(text, position), point);
    ASSERT_EQ(position, text.size());
  }
}

TEST(Utf8, SurrogatesAreNotText) {
  for (char32_t point = 0xD800; point <= 0xDFFF; ++point) {
    std::string text = "ab";
    append_utf8(text, point);
    ASSERT_EQ(find_invalid_utf8(text), 2U);
  }
}

TEST(Utf8, NamesTheFirstBadByte) {
  EXPECT_EQ(find_invalid_utf8(""), std::nullopt);
  EXPECT_EQ(find_invalid_utf8("gr\xC3\xBC\xC3\x9F"), std::nullopt);
  EXPECT_EQ(find_invalid_utf8("abc\x80"), 3U);
  EXPECT_EQ(find_invalid_utf8("gr\xC3\xBC\xC3"), 4U) << "cut off after a lead byte";
  EXPECT_EQ(find_invalid_utf8("\xF0\x9F\x98"), 0U) << "cut off within four bytes";
  EXPECT_EQ(find_invalid_utf8("\xC0\xAF"), 0U) << "not the shortest form";
  EXPECT_EQ(find_invalid_utf8("\xF4\x90\x80\x80"), 0U) << "above U+10FFFF";
}

}  // namespace
}  // namespace rkt
