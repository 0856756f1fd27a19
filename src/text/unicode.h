/// What the reference knows of a code point: classes, lower case and canonical decomposition.
/// Tables measured on tokenizers 0.23.3 by tools/unicode_tables.py, because its four Unicode versions are no
/// library's.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

namespace rkt::text {

/// Bits of CharClasses; the first six are as tools/unicode_tables.py writes them.
enum CharClass : uint8_t {
  white_space = 1,   ///< White_Space; \s of the Rust regex crate.
  removed = 2,       ///< What BertNormalizer's clean_text drops: NUL, U+FFFD, Cc, Cf, Cn, Co.
  punctuation = 4,   ///< ASCII punctuation and P*.
  nonspacing = 8,    ///< Mn: what BertNormalizer's strip_accents drops.
  combining = 16,    ///< M*: what the normalizer StripAccents drops.
  word = 32,         ///< \w of the Rust regex crate.
  canonical = 64,    ///< Decomposes, or has a combining class: matters to NFD.
  upper_case = 128,  ///< Has another lower case.
};

/// One byte of CharClass bits for each code point, 1.1 MB, filled on first use.
class CharClasses {
 public:
  static const CharClasses& instance();
  uint8_t operator[](char32_t point) const noexcept { return bits_[point]; }

 private:
  CharClasses();
  std::vector<uint8_t> bits_;
};

/// One to four code points; the unused ones are zero.
struct CodePoints {
  std::array<char32_t, 4> points{};
  int size = 0;
  const char32_t* begin() const noexcept { return points.data(); }
  const char32_t* end() const noexcept { return points.data() + size; }
};

/// Of one code point without its context (a final sigma becomes a plain one). Reference: char::to_lowercase.
CodePoints lower_case(char32_t point) noexcept;

/// Full canonical decomposition; the code point itself if it has none.
CodePoints decompose(char32_t point) noexcept;

/// 0 for starters.
uint8_t combining_class(char32_t point) noexcept;

/// The unified and compatibility ideographs that BertNormalizer sets spaces around.
/// Reference: is_chinese_char in normalizers/bert.rs, where extension E starts at U+2B920, not at its true
/// U+2B820.
bool is_chinese(char32_t point) noexcept;

}  // namespace rkt::text
