#include <CLI/CLI.hpp>
#include <array>
#include <memory>
#include <optional>

#include "rkt/exporter.h"

#include "cli/command.h"
#include "cli/export_report.h"
#include "cli/interrupt.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/python_flags.h"
#include "cli/text_source.h"

namespace rkt::cli {
namespace {

struct ExportArguments {
  ExportOptions options;
  std::string report, self_test;  // files; empty = none
  Format format = Format::text;
  Verbosity verbosity = Verbosity::normal;
};

/// What the Python tool takes and this version does not, before the library calls it a missing directory.
void check(const ExportOptions& options) {
  require_model(options.model);
  if (options.model.extension() == ".onnx")
    throw Error(ErrorCode::option_unsupported, "exporting an ONNX file is not in this version",
                options.model.string(), "name the model's directory with config.json and safetensors");
  if (options.output.extension() == ".rknn")
    throw Error(ErrorCode::option_unsupported, "naming the .rknn file is not in this version",
                options.output.string(), "name a directory");
}

void run(ExportArguments& arguments) {
  check(arguments.options);
  if (!arguments.self_test.empty())
    arguments.options.self_test_texts = TextSource(TextArguments{{}, arguments.self_test}).all();
  Messages messages(arguments.verbosity);
  const Interrupt interrupt;
  std::optional<Output>
      report_file;  // opened first: a long export should not end on a report it cannot write
  if (!arguments.report.empty()) report_file.emplace(arguments.report);
  const ExportReport report = export_model(
      arguments.options,
      [&](std::string_view stage, std::optional<double> fraction) {
        messages.progress(Progress::stages, stage, fraction);
      },
      &interrupt.flag());
  messages.finish();
  if (report_file) {
    report_file->write(to_json(report) + "\n");
    report_file->commit();
  }
  write_stdout(arguments.format == Format::json ? to_json(report) + "\n" : text_of(report));
}

std::function<void()> declare(CLI::App& app) {
  const auto arguments = std::make_shared<ExportArguments>();
  ExportOptions& options = arguments->options;
  add_model(app, options.model, ModelPlace::flag);
  add_path(app, "--output,OUTPUT", options.output, "DIR",
           "Where the export goes; the model's own directory if absent");
  add_string(app, "--platform", options.platform, "NAME", "The NPU: rk3588 if absent");
  add_integer(app, "--max-seq-length", options.max_seq_length, 0,
              "Tokens of the compiled shape, specials counted; the model's own limit if absent; also -msl");
  add_integer(app, "-o,--optimization-level", options.optimization_level, 0,
              "0 to 3, as the toolkit defines them; 0 if absent");
  constexpr std::array sharings{RowSharing::allowed, RowSharing::one_text};
  add_choice(
      app, "--row-sharing", {"allowed", "one-text"},
      [&options, sharings](size_t i) { options.row_sharing = sharings.at(i); },
      "Whether several texts may share a row; what suits the platform if absent");
  add_cosine(app, "--min-cosine", options.min_cosine,
             "The simulator's worst text may not fall below this; 0.999 if absent");
  add_string(app, "--self-test", arguments->self_test, "FILE",
             "Texts of the self-test instead of the built-in 30");
  add_string(app, "--report", arguments->report, "FILE", "The report as JSON, also in this file");
  add_python_flags(app);
  add_format(app, arguments->format);
  add_verbosity(app, arguments->verbosity);
  return [arguments] { run(*arguments); };
}

}  // namespace

Command export_command() {
  return {"export",
          "Compile a model for a Rockchip NPU, checked by the vendor's simulator",
          "export --model DIR [OUTPUT] [FLAGS]",
          "  rk-transformers-cli export --model all-MiniLM-L6-v2 minilm-rk3588\n"
          "  rk-transformers-cli export -m all-MiniLM-L6-v2 minilm-rk3576 --platform rk3576 -msl 128 -o 3\n"
          "  rk-transformers-cli export -m all-MiniLM-L6-v2 minilm-rk3588 --json --report report.json",
          declare,
          rewrite_python_flags};
}

}  // namespace rkt::cli
