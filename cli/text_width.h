/// How wide texts are on a terminal. Good enough to align tables; not a full Unicode property table.
#pragma once
#include <string>
#include <string_view>

namespace rkt::cli {

/// Columns of UTF-8 text: two for East Asian wide characters and emoji, none for combining marks.
int display_width(std::string_view text);

/// At most `columns` wide, an ellipsis at the end if it was longer; control characters become spaces.
std::string shortened(std::string_view text, int columns);

}  // namespace rkt::cli
