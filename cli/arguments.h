/// One command's arguments → its options, with our own words for what is wrong.
#pragma once
#include <string>
#include <vector>

#include "cli/command.h"

namespace rkt::cli {

enum class Parsed { run, help };

/// Throws RKT-5001, with near matches for a flag that does not exist. `app` must have its options.
Parsed parse_arguments(CLI::App& app, const Command& command, std::vector<std::string> arguments);

/// Undoes what parse_arguments does to keep the parser from reading a text such as "[a,b]" as a list.
std::string unprotected(std::string value);

}  // namespace rkt::cli
