#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "rkt/error.h"

#include "cli/suggest.h"

namespace rkt::cli {
namespace {

constexpr char protection = '\0';  // no argument of a process can hold it

Error unknown(const CLI::App& app, const Command& command, const std::string& argument) {
  const std::string help = fmt::format("'{} {} --help' lists the flags", program_name, command.name);
  if (argument.size() < 2 || argument[0] != '-')
    return {ErrorCode::usage, fmt::format("unexpected argument '{}'", unprotected(argument)), {}, help};
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    if (!option->get_group().empty())
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  const std::string flag = argument.substr(0, argument.find('='));
  const std::string near = did_you_mean(flag, names);
  return {ErrorCode::usage, fmt::format("unknown flag '{}'", flag), {}, near.empty() ? help : near};
}

/// The parser's own sentence begins with the name of the flag.
Error bad_value(const CLI::ParseError& problem) {
  const std::string text = problem.what();
  return {ErrorCode::usage, fmt::format("'{}' needs a value", text.substr(0, text.find(':')))};
}

void protect(std::vector<std::string>& arguments) {
  std::vector<std::string> result;
  bool flags = true;
  for (std::string& argument : arguments) {
    if (argument == "--") flags = false;
    if (argument.size() > 1 && argument.front() == '[' && argument.back() == ']') argument += protection;
    // the parser takes "--flag=" for a flag whose value is the next argument
    const bool empty_value = flags && argument.size() > 3 && argument.compare(0, 2, "--") == 0 &&
                             argument.find('=') == argument.size() - 1;
    if (empty_value) argument.pop_back();
    result.push_back(std::move(argument));
    if (empty_value) result.emplace_back();
  }
  arguments = std::move(result);
}

}  // namespace

std::string unprotected(std::string value) {
  if (!value.empty() && value.back() == protection) value.pop_back();
  return value;
}

Parsed parse_arguments(CLI::App& app, const Command& command, std::vector<std::string> arguments) {
  if (command.rewrite) command.rewrite(arguments);
  protect(arguments);
  std::reverse(arguments.begin(), arguments.end());  // as the parser wants them
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    return Parsed::help;
  } catch (const CLI::ExtrasError&) {
    throw unknown(app, command, app.remaining().front());
  } catch (const CLI::ArgumentMismatch& problem) {
    throw bad_value(problem);
  } catch (const CLI::ParseError& problem) {
    throw Error(ErrorCode::usage, problem.what());
  }
  return Parsed::run;
}

}  // namespace rkt::cli
