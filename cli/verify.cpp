#include "rkt/verify.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/json_text.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/table.h"

namespace rkt::cli {
namespace {

enum class Detail { summary, every_text };

struct VerifyArguments {
  std::filesystem::path model;
  DeviceOptions device;
  double min_cosine = 0.9999;
  Detail detail = Detail::summary;
  std::string output = "-";
  Format format = Format::text;
  Verbosity verbosity = Verbosity::normal;
};

nlohmann::ordered_json json_of(const VerifyReport& report, const VerifyArguments& arguments) {
  return {{"directory", arguments.model.string()},
          {"device", report.device},
          {"passed", report.passed},
          {"texts", report.texts},
          {"different_ids", report.different_ids},
          {"cosine_mean", report.cosine_mean},
          {"cosine_min", report.cosine_min},
          {"min_cosine", report.min_cosine},
          {"checked_files", report.checked_files},
          {"damaged_files", report.damaged_files},
          {"cosines", report.cosines}};
}

std::string figures(const VerifyReport& report) {
  std::string text = fmt::format(
      "cosine min {:.6f}, mean {:.6f} ({:g} asked for) over {} texts, {} with other token ids; "
      "{} of {} compiled files damaged",
      report.cosine_min, report.cosine_mean, report.min_cosine, report.texts, report.different_ids,
      report.damaged_files.size(), report.checked_files);
  if (!report.damaged_files.empty()) text += fmt::format(" ({})", fmt::join(report.damaged_files, ", "));
  return text;
}

std::string every_text(const VerifyReport& report) {
  Table table({{"text", Align::right}, {"cosine", Align::right}, {"", Align::left}});
  for (size_t i = 0; i < report.cosines.size(); ++i)
    table.add({std::to_string(i), fmt::format("{:.6f}", report.cosines[i]),
               report.cosines[i] < report.min_cosine ? "below" : ""});
  return table.text();
}

void run(const VerifyArguments& arguments) {
  require_model(arguments.model);
  Messages messages(arguments.verbosity);
  Output output(arguments.output);
  const VerifyReport report = verify_directory(arguments.model, arguments.device, arguments.min_cosine);
  if (arguments.format == Format::json) {
    output.write(json_document(json_of(report, arguments)));
  } else {
    std::string text;
    if (arguments.detail == Detail::every_text) text += every_text(report);
    if (report.passed) text += fmt::format("passed: {}; {}\n", figures(report), report.device);
    output.write(text);
  }
  output.commit();
  if (!report.passed)
    throw Error(ErrorCode::self_test_failed, figures(report), arguments.model.string() + ", " + report.device,
                "copy the directory again, or export it again");
}

}  // namespace

Command verify_command() {
  return {"verify",
          "Replay the self-test that an exported directory carries",
          "verify DIR [FLAGS]",
          "  rk-transformers-cli verify minilm-rk3588\n"
          "  rk-transformers-cli verify minilm-rk3588 --device cpu --verbose",
          [](CLI::App& app) -> std::function<void()> {
            const auto arguments = std::make_shared<VerifyArguments>();
            add_model(app, arguments->model, ModelPlace::flag_or_argument);
            add_device(app, arguments->device);
            add_cosine(app, "--min-cosine", arguments->min_cosine,
                       "The worst text's cosine to its float32 vector may not be lower; 0.9999");
            app.add_flag_callback(
                "--verbose", [arguments] { arguments->detail = Detail::every_text; },
                "A line for every text");
            add_output(app, arguments->output);
            add_format(app, arguments->format);
            add_verbosity(app, arguments->verbosity);
            return [arguments] { run(*arguments); };
          },
          {}};
}

}  // namespace rkt::cli
