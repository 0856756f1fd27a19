/// The version of this library, in one place: project(VERSION) of the top CMakeLists.txt.
#pragma once
#include <string_view>

namespace rkt {

/// "major.minor.patch".
std::string_view version() noexcept;

}  // namespace rkt
