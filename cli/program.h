/// The whole program: arguments in, exit status out.
#pragma once
#include <string>
#include <vector>

namespace rkt::cli {

/// `arguments` without the program's name. Returns 0 done, 1 failed, 2 wrong usage; throws nothing.
int run_program(const std::vector<std::string>& arguments);

}  // namespace rkt::cli
