/// Finds a Python that the toolkit supports and that can make virtual environments.
#pragma once
#include <atomic>
#include <filesystem>
#include <string>

namespace rkt {

/// $RKT_PYTHON, or the first of python3.11, python3.12, python3.10, python3 in PATH that runs, is 3.10
/// to 3.12 and has venv. Each is tried by running it: version managers leave commands in PATH that only print
/// an error. Throws RKT-4001 if there is none, RKT-4011.
std::filesystem::path find_python(const std::atomic<bool>* cancel);

}  // namespace rkt
