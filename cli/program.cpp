#include "cli/program.h"

#include <CLI/CLI.hpp>
#include <array>
#include <csignal>
#include <exception>
#include <fmt/format.h>
#include <new>

#include "rkt/error.h"
#include "rkt/version.h"

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/suggest.h"

namespace rkt::cli {
namespace {

enum Status { done = 0, failed = 1, wrong_usage = 2 };

std::array<Command, 7> commands() {
  return {export_command(),   env_command(),   inspect_command(), verify_command(),
          tokenize_command(), embed_command(), analyze_command()};
}

constexpr std::string_view program_usage = "COMMAND [FLAGS]";

std::string usage_line(std::string_view usage) {
  return fmt::format("usage: {} {}\n", program_name, usage);
}

std::string program_help() {
  std::string text = fmt::format(
      "Takes a Hugging Face transformer encoder to a Rockchip NPU and runs it.\n\n{}\nCommands:\n",
      usage_line(program_usage));
  for (const Command& command : commands())
    text += fmt::format("  {:<10} {}\n", command.name, command.summary);
  text +=
      "\nFlags:\n  -h,--help  This text; after a command, the command's\n  --version  The program's "
      "version\n";
  text += fmt::format(
      "\nExamples:\n"
      "  {0} export --model all-MiniLM-L6-v2 minilm-rk3588 --max-seq-length 128\n"
      "  {0} verify minilm-rk3588\n"
      "  {0} embed --model minilm-rk3588 --input texts.txt --output vectors.npy\n"
      "\nExit status: 0 done, 1 failed, 2 wrong usage.\n",
      program_name);
  return text;
}

class HelpFormat : public CLI::Formatter {
 public:
  explicit HelpFormat(const Command& command) : usage_(command.usage) {
    column_width(36);
    label("Positionals", "Arguments");
  }
  std::string make_usage(const CLI::App*, std::string) const override { return "\n" + usage_line(usage_); }

 private:
  std::string_view usage_;
};

void run_command(const Command& command, const std::vector<std::string>& arguments) {
  CLI::App app{fmt::format("{}.", command.summary), std::string(command.name)};
  app.formatter(std::make_shared<HelpFormat>(command));
  app.set_help_flag("-h,--help", "This text");
  app.get_help_ptr()->group("Flags");
  app.option_defaults()->group("Flags");
  app.footer(fmt::format("Examples:\n{}", command.examples));
  const std::function<void()> work = command.declare(app);
  if (parse_arguments(app, command, arguments) == Parsed::help)
    write_stdout(app.help());
  else
    work();
}

Error unknown_command(const std::string& name) {
  const bool flag = !name.empty() && name[0] == '-';
  std::vector<std::string> names;
  if (flag)
    names = {"--help", "--version"};
  else
    for (const Command& command : commands()) names.emplace_back(command.name);
  const std::string near = did_you_mean(name, names);
  return {ErrorCode::usage,
          fmt::format("unknown {} '{}'", flag ? "flag" : "command", name),
          {},
          near.empty() ? fmt::format("'{} --help' lists the commands", program_name) : near};
}

/// `usage` becomes that of the command as soon as it is known.
void dispatch(const std::vector<std::string>& arguments, std::string& usage) {
  if (arguments.empty())
    throw Error(ErrorCode::usage, "no command", {},
                fmt::format("'{} --help' lists the commands", program_name));
  const std::string& first = arguments.front();
  if (first == "--help" || first == "-h") return write_stdout(program_help());
  if (first == "--version") return write_stdout(fmt::format("{} {}\n", program_name, version()));
  for (const Command& command : commands())
    if (command.name == first) {
      usage = command.usage;
      return run_command(command, {arguments.begin() + 1, arguments.end()});
    }
  throw unknown_command(first);
}

int failure(const std::string& text, Status status) {
  write_stderr("error: " + text);
  return status;
}

}  // namespace

int run_program(const std::vector<std::string>& arguments) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that has enough is an error of write(), told quietly below
  std::string usage(program_usage);
  try {
    dispatch(arguments, usage);
    return done;
  } catch (const BrokenPipe&) {
    return failed;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::usage) return failure(error.format() + "\n", failed);
    return failure(fmt::format("{}\n  {}", error.format(), usage_line(usage)), wrong_usage);
  } catch (const std::bad_alloc&) {
    return failure("out of memory\n", failed);
  } catch (const std::exception& error) {
    return failure(fmt::format("{}\n", error.what()), failed);
  }
}

}  // namespace rkt::cli
