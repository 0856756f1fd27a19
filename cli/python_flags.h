/// The flags of the Python tool's export: its spellings are accepted, and what this version does not do is
/// refused by name, never ignored.
#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace rkt::cli {

/// "-msl" → "--max-seq-length" and so on; the parser knows short flags of one letter only.
void rewrite_python_flags(std::vector<std::string>& arguments);

/// Declares the Python tool's flags beyond our own. Each throws RKT-4006 for what this version lacks.
void add_python_flags(CLI::App& app);

}  // namespace rkt::cli
