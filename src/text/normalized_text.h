/// Text on its way through the normalizers, byte by byte still knowing where it came from.
#pragma once
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <vector>

#include "rkt/tokenizer.h"

#include "base/utf8.h"

namespace rkt::text {

/// Bytes [begin, end) of a NormalizedText.
using TextRange = ByteSpan;

/// Ranges are 32 bits wide, and a sequence of normalizers may make a text longer again and again.
/// Throws RKT-2002 for more bytes than that.
inline void check_normalized_size(size_t bytes) {
  if (bytes > UINT32_MAX)
    throw Error(ErrorCode::input_invalid,
                fmt::format("the text has {} bytes when it is normalized; at most {} are possible", bytes,
                            UINT32_MAX),
                "tokenizer", "split it");
}

/// Reference: NormalizedString in tokenizer/normalizer.rs. Ours drops the copy of the original, which nobody
/// asks for.
struct NormalizedText {
  std::string text;
  std::vector<ByteSpan>
      origins;  ///< [text.size()] for every byte the original's bytes that its character replaces.

  /// Every byte comes from its own character. `first` is the offset of `original` in the caller's text.
  static NormalizedText identity(std::string_view original, uint32_t first) {
    NormalizedText result;
    result.text = original;
    result.origins.resize(original.size());
    for (size_t i = 0; i < original.size();) {
      size_t end = i;
      next_code_point(original, end);
      const ByteSpan origin{static_cast<uint32_t>(first + i), static_cast<uint32_t>(first + end)};
      while (i < end) result.origins[i++] = origin;
    }
    return result;
  }

  void reserve(size_t bytes) {
    text.reserve(bytes);
    origins.reserve(bytes);
  }

  void append(char32_t point, ByteSpan origin) {
    if (point < 0x80) {
      text += static_cast<char>(point);
      origins.push_back(origin);
      return;
    }
    append_utf8(text, point);
    origins.resize(text.size(), origin);
  }

  std::string_view view(TextRange range) const {
    return std::string_view(text).substr(range.begin, range.end - range.begin);
  }

  /// The original's bytes behind a range that is not empty: dropped characters count inside it, not at its
  /// edges.
  ByteSpan origin_of(TextRange range) const {
    return {origins[range.begin].begin, origins[range.end - 1].end};
  }

  NormalizedText slice(TextRange range) const {
    return {std::string(view(range)), {origins.begin() + range.begin, origins.begin() + range.end}};
  }
};

}  // namespace rkt::text
