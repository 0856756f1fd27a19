/// Strings of files and users as messages may show them.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace rkt {

/// `text` with its control characters (C0, DEL, C1) and bytes that are not UTF-8 spelled out: "\n", "\x1b".
/// Done twice it changes nothing more.
std::string printable(std::string_view text);

/// At most `bytes` of `text`, cut between characters, with "…" behind if something is missing.
std::string shorten(std::string_view text, size_t bytes = 200);

/// A value of a document: short, in double quotes, escaped as JSON does.
std::string quote(std::string_view text);

}  // namespace rkt
