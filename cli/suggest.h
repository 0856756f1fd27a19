/// "did you mean": names close to one that does not exist, in the library's words.
#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "rkt/error.h"

namespace rkt::cli {

/// "did you mean 'x', 'y'?" with at most three names, nearest first; empty without a near match.
std::string did_you_mean(std::string_view name, std::span<const std::string> names);

/// RKT-1001 with the near matches among the files beside `path`.
Error not_found(const std::filesystem::path& path);

}  // namespace rkt::cli
