#include "rkt/analyze.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/histogram.h"
#include "cli/interrupt.h"
#include "cli/json_text.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/table.h"
#include "cli/text_source.h"

namespace rkt::cli {
namespace {

using nlohmann::ordered_json;

struct AnalyzeArguments {
  std::filesystem::path model;
  TextArguments texts;
  std::string output = "-";
  Format format = Format::text;
  Verbosity verbosity = Verbosity::normal;
};

struct Measured {
  std::vector<int> lengths;
  int64_t bytes = 0;
};

/// Only the lengths are kept, so that a file of any length can be analysed.
Measured measure(const Tokenizer& tokenizer, TextSource& source, Messages& messages,
                 const Interrupt& interrupt) {
  Measured measured;
  for (TextBlock block; source.next(block);) {
    for (const std::string& text : block.texts) {
      try {
        measured.lengths.push_back(static_cast<int>(tokenizer.encode(text).size()));
      } catch (const Error& error) {
        throw source.located(error, measured.lengths.size());
      }
      measured.bytes += static_cast<int64_t>(text.size());
    }
    interrupt.check();
    messages.progress(Progress::terminal_only, "analyze", source.fraction());
  }
  messages.finish();
  return measured;
}

ordered_json json_of(const LengthReport& report, const std::vector<Bin>& bins) {
  ordered_json lengths = ordered_json::array(), histogram = ordered_json::array();
  for (const StaticLength& length : report.lengths)
    lengths.push_back({{"length", length.length},
                       {"too_long", length.too_long},
                       {"useful", length.useful},
                       {"useful_packed", length.useful_packed}});
  for (const Bin& bin : bins) histogram.push_back({{"from", bin.from}, {"to", bin.to}, {"texts", bin.count}});
  return {{"texts", report.texts}, {"tokens", report.tokens}, {"bytes", report.bytes},  {"min", report.min},
          {"mean", report.mean},   {"p50", report.p50},       {"p90", report.p90},      {"p95", report.p95},
          {"p99", report.p99},     {"max", report.max},       {"histogram", histogram}, {"lengths", lengths}};
}

std::string text_of(const LengthReport& report, const std::vector<Bin>& bins) {
  std::string text = facts({
      {"texts", grouped(report.texts)},
      {"bytes", grouped(report.bytes)},
      {"tokens", grouped(report.tokens)},
      {"per text", fmt::format("min {}, mean {:.1f}, max {}", report.min, report.mean, report.max)},
      {"percentiles",
       fmt::format("50 %: {}, 90 %: {}, 95 %: {}, 99 %: {}", report.p50, report.p90, report.p95, report.p99)},
  });
  if (report.texts == 0) return text;
  Table lengths({{"length", Align::right},
                 {"texts too long", Align::right},
                 {"useful", Align::right},
                 {"useful packed", Align::right}});
  for (const StaticLength& length : report.lengths)
    lengths.add({std::to_string(length.length), grouped(length.too_long),
                 fmt::format("{:.1f} %", length.useful * 100),
                 fmt::format("{:.1f} %", length.useful_packed * 100)});
  return text + "\nTexts by their tokens, specials counted:\n" + histogram_text(bins) +
         "\nWhat one static length would do: share of the computed tokens that are real, one text a row or "
         "packed.\n" +
         lengths.text();
}

void run(const AnalyzeArguments& arguments) {
  require_model(arguments.model);
  TextSource source(arguments.texts);
  Messages messages(arguments.verbosity);
  const Interrupt interrupt;
  Output output(arguments.output);
  const Tokenizer tokenizer = Tokenizer::open(arguments.model);
  interrupt.check();
  const Measured measured = measure(tokenizer, source, messages, interrupt);
  const LengthReport report = analyze_lengths(measured.lengths, measured.bytes);
  const std::vector<Bin> bins = histogram(measured.lengths);
  output.write(arguments.format == Format::json ? json_document(json_of(report, bins))
                                                : text_of(report, bins));
  output.commit();
}

}  // namespace

Command analyze_command() {
  return {
      "analyze",
      "Show how long texts are in tokens, and what a static length would waste",
      "analyze --model DIR (TEXT... | --input FILE) [FLAGS]",
      "  rk-transformers-cli analyze --model all-MiniLM-L6-v2 --input texts.jsonl\n"
      "  rk-transformers-cli analyze --model all-MiniLM-L6-v2 --input texts.txt --json --output lengths.json",
      [](CLI::App& app) -> std::function<void()> {
        const auto arguments = std::make_shared<AnalyzeArguments>();
        add_model(app, arguments->model, ModelPlace::flag);
        add_texts(app, arguments->texts);
        add_output(app, arguments->output);
        add_format(app, arguments->format);
        add_verbosity(app, arguments->verbosity);
        return [arguments] { run(*arguments); };
      },
      {}};
}

}  // namespace rkt::cli
