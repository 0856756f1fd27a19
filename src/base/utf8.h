/// UTF-8 as the Unicode standard defines it: shortest form, no surrogates, at most U+10FFFF.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rkt {

/// Byte offset of the first ill-formed sequence, or nothing if `text` is valid.
std::optional<size_t> find_invalid_utf8(std::string_view text) noexcept;

/// Decodes the code point at `position` of valid UTF-8 and advances `position` behind it.
char32_t next_code_point(std::string_view text, size_t& position) noexcept;

/// Appends a code point as 1..4 bytes.
void append_utf8(std::string& text, char32_t code_point);

}  // namespace rkt
