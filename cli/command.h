/// What the program knows of a command before it runs it. One file per command defines one of these.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace rkt::cli {

inline constexpr std::string_view program_name = "rk-transformers-cli";

struct Command {
  std::string_view name;
  std::string_view summary;   ///< One line, no full stop.
  std::string_view usage;     ///< What follows the program's name.
  std::string_view examples;  ///< Lines of the help text's footer, indented by two.

  /// Declares the options and returns the work, which is called once they are parsed.
  std::function<std::function<void()>(CLI::App&)> declare;

  /// Spellings that the parser does not know, turned into ones that it does; may be empty.
  std::function<void(std::vector<std::string>&)> rewrite;
};

Command analyze_command();
Command embed_command();
Command env_command();
Command export_command();
Command inspect_command();
Command tokenize_command();
Command verify_command();

}  // namespace rkt::cli
