#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>

#include "rkt/environment.h"

#include "cli/command.h"
#include "cli/json_text.h"
#include "cli/options.h"
#include "cli/output.h"

namespace rkt::cli {
namespace {

struct EnvArguments {
  std::string output = "-";
  Format format = Format::text;
};

std::string report(Format format) {
  nlohmann::ordered_json document = nlohmann::ordered_json::object();
  std::string text = "\nCopy-and-paste the text below in your GitHub issue:\n\n";
  for (const EnvironmentFact& fact : describe_environment()) {
    document[fact.key] = fact.value;
    text += fmt::format("- {}: {}\n", fact.label, fact.value);
  }
  return format == Format::json ? json_document(document) : text;
}

}  // namespace

Command env_command() {
  return {"env",
          "Describe this machine for a bug report",
          "env [FLAGS]",
          "  rk-transformers-cli env\n"
          "  rk-transformers-cli env --json",
          [](CLI::App& app) -> std::function<void()> {
            const auto arguments = std::make_shared<EnvArguments>();
            add_output(app, arguments->output);
            add_format(app, arguments->format);
            return [arguments] {
              Output output(arguments->output);
              output.write(report(arguments->format));
              output.commit();
            };
          },
          {}};
}

}  // namespace rkt::cli
