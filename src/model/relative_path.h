/// Paths that a model's files name: they must stay inside the directory that holds them.
#pragma once
#include <string>

#include "rkt/error.h"

namespace rkt {

/// Throws `code` if `path` is empty, absolute, holds a ".." component or a control character.
/// Symbolic links are followed as they are: the hub's cache consists of them.
void require_inside(const std::string& path, const std::string& where, ErrorCode code);

}  // namespace rkt
