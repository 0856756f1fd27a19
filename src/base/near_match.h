/// "did you mean": the names closest to one that was not found.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rkt {

/// Edits (insert, delete, replace, swap of neighbours) from `a` to `b`, in bytes.
/// Reference: optimal string alignment distance.
int edit_distance(std::string_view a, std::string_view b);

/// At most three of `names` within a third of the name's length (at least 2 edits), nearest first; none
/// for a name of more than 256 bytes.
std::vector<std::string> near_matches(std::string_view name, std::span<const std::string> names);

/// "did you mean 'x', 'y'?" or, with no near match, an empty string.
std::string did_you_mean(std::string_view name, std::span<const std::string> names);

}  // namespace rkt
