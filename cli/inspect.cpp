#include "rkt/inspect.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/json_text.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/table.h"

namespace rkt::cli {
namespace {

using nlohmann::ordered_json;

struct InspectArguments {
  std::filesystem::path path;
  std::string output = "-";
  Format format = Format::text;
};

ordered_json json_of(const CompiledFile& file) {
  ordered_json result{{"path", file.path.string()},
                      {"exists", file.exists},
                      {"bytes", file.bytes},
                      {"sha256", file.sha256},
                      {"recorded_sha256", file.recorded_sha256},
                      {"described", file.described},
                      {"platform", file.platform},
                      {"dtype", file.dtype},
                      {"toolkit", file.toolkit},
                      {"batch_size", file.batch_size},
                      {"max_seq_length", file.max_seq_length},
                      {"inputs", file.inputs}};
  result["report"] = file.report.empty() ? ordered_json() : ordered_json::parse(file.report, nullptr, false);
  return result;
}

ordered_json json_of(const ModelSummary& model) {
  ordered_json weights = ordered_json::array(), compiled = ordered_json::array();
  for (const auto& file : model.weight_files) weights.push_back(file.string());
  for (const CompiledFile& file : model.compiled) compiled.push_back(json_of(file));
  return {{"path", model.path.string()},
          {"model_type", model.model_type},
          {"architectures", model.architectures},
          {"hidden", model.hidden},
          {"layers", model.layers},
          {"heads", model.heads},
          {"intermediate", model.intermediate},
          {"vocab_size", model.vocab_size},
          {"max_positions", model.max_positions},
          {"max_tokens", model.max_tokens},
          {"pooling", model.pooling},
          {"normalize", model.normalize},
          {"tokenizer", model.tokenizer},
          {"weight_files", weights},
          {"parameters", model.parameters},
          {"self_test", model.self_test},
          {"compiled", compiled}};
}

std::string state_of(const CompiledFile& file) {
  if (!file.exists) return "missing";
  if (!file.described) return "no entry in config.json";
  if (file.recorded_sha256.empty()) return "no hash recorded";
  return file.sha256 == file.recorded_sha256 ? "as exported" : "changed since its export";
}

std::string or_none(const std::string& text) {
  return text.empty() ? "none" : text;
}

std::string text_of(const CompiledFile& file) {
  std::vector<std::pair<std::string, std::string>> lines{{"file", file.path.string()},
                                                         {"state", state_of(file)}};
  if (file.exists) {
    lines.emplace_back("size", mebibytes(static_cast<double>(file.bytes)));
    lines.emplace_back("sha256", file.sha256);
  }
  if (file.described) {
    lines.emplace_back("platform", or_none(file.platform));
    lines.emplace_back("type", or_none(file.dtype));
    lines.emplace_back("toolkit", or_none(file.toolkit));
    lines.emplace_back("shape", fmt::format("[{}, {}] tokens", file.batch_size, file.max_seq_length));
    lines.emplace_back("inputs", or_none(file.inputs));
  }
  return facts(lines);
}

std::string text_of(const ModelSummary& model) {
  std::string weights;
  for (const auto& file : model.weight_files)
    weights += (weights.empty() ? "" : ", ") + file.filename().string();
  std::string text = facts({
      {"directory", model.path.string()},
      {"model", fmt::format("{} ({})", model.model_type, fmt::join(model.architectures, ", "))},
      {"layers", fmt::format("{} of {} units, {} heads, feed-forward {}", model.layers, model.hidden,
                             model.heads, model.intermediate)},
      {"vocabulary", grouped(model.vocab_size)},
      {"tokens", fmt::format("{} at most, of {} positions", model.max_tokens, model.max_positions)},
      {"tokenizer", or_none(model.tokenizer)},
      {"pooling", model.pooling + (model.normalize ? ", normalised" : ", not normalised")},
      {"weights",
       weights.empty() ? "none" : fmt::format("{}, {} parameters", weights, grouped(model.parameters))},
      {"self-test", model.self_test ? "yes" : "none"},
      {"compiled", model.compiled.empty() ? "none" : fmt::format("{} files", model.compiled.size())},
  });
  if (model.compiled.empty()) return text;
  Table table({{"file", Align::left},
               {"platform", Align::left},
               {"type", Align::left},
               {"shape", Align::left},
               {"inputs", Align::left},
               {"size", Align::right},
               {"state", Align::left}});
  for (const CompiledFile& file : model.compiled)
    table.add({file.path.filename().string(), file.platform, file.dtype,
               fmt::format("[{}, {}]", file.batch_size, file.max_seq_length), file.inputs,
               mebibytes(static_cast<double>(file.bytes)), state_of(file)});
  return text + "\n" + table.text();
}

void run(const InspectArguments& arguments) {
  if (arguments.path.empty())
    throw Error(ErrorCode::usage, "no file or directory", {}, "name a .rknn file or a model directory");
  Output output(arguments.output);
  const auto write = [&](const auto& summary) {
    output.write(arguments.format == Format::json ? json_document(json_of(summary)) : text_of(summary));
  };
  std::error_code ignored;
  if (std::filesystem::is_regular_file(arguments.path, ignored))
    write(inspect_file(arguments.path));
  else
    write(inspect_directory(arguments.path));
  output.commit();
}

}  // namespace

Command inspect_command() {
  return {"inspect",
          "Say what a model directory or a compiled file is, without loading it",
          "inspect DIR|FILE.rknn [FLAGS]",
          "  rk-transformers-cli inspect all-MiniLM-L6-v2\n"
          "  rk-transformers-cli inspect minilm-rk3588/rknn/model_b1_s128.rknn --json",
          [](CLI::App& app) -> std::function<void()> {
            const auto arguments = std::make_shared<InspectArguments>();
            add_path(app, "-m,--model,PATH", arguments->path, "DIR|FILE",
                     "A model directory or a .rknn file");
            add_output(app, arguments->output);
            add_format(app, arguments->format);
            return [arguments] { run(*arguments); };
          },
          {}};
}

}  // namespace rkt::cli
