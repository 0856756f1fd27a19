#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <fmt/format.h>
#include <memory>
#include <nlohmann/json.hpp>

#include "rkt/embedder.h"

#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/json_text.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/similarity.h"
#include "cli/text_source.h"
#include "cli/vector_writer.h"

namespace rkt::cli {
namespace {

enum class Result { vectors, similarity };

struct EmbedArguments {
  std::filesystem::path model;
  DeviceOptions device;
  TextArguments texts;
  EmbedOptions embed;
  Result result = Result::vectors;
  std::optional<VectorFormat> vector_format;
  std::string output = "-";
  Format format = Format::text;
  Verbosity verbosity = Verbosity::normal;
};

struct Totals {
  uint64_t texts = 0, tokens = 0;
  double seconds = 0;
};

double tokens_per_second(const Totals& totals) {
  return totals.seconds > 0 ? static_cast<double>(totals.tokens) / totals.seconds : 0;
}

Embeddings embed_block(const Embedder& model, const TextSource& source, const TextBlock& block,
                       const EmbedOptions& options, Totals& totals) {
  try {
    const auto begin = std::chrono::steady_clock::now();
    Embeddings embeddings = model.embed(block.texts, options);
    totals.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    totals.texts += block.texts.size();
    for (const int tokens : embeddings.tokens) totals.tokens += static_cast<uint64_t>(tokens);
    return embeddings;
  } catch (const Error& error) {
    throw source.located(error, block);
  }
}

/// In blocks, so that a file of any length takes the same memory.
Totals write_vectors(const EmbedArguments& arguments, const Embedder& model, TextSource& source,
                     VectorWriter& writer, Messages& messages, const Interrupt& interrupt) {
  Totals totals;
  interrupt.check();  // a signal while the model was loaded
  for (TextBlock block; source.next(block);) {
    interrupt.check();
    writer.write(embed_block(model, source, block, arguments.embed, totals));
    messages.progress(Progress::terminal_only, "embed", source.fraction());
  }
  interrupt.check();
  messages.finish();
  return totals;
}

std::string summary_json(const Totals& totals, const Embedder& model) {
  return json_line({{"texts", totals.texts},
                    {"dim", model.dim()},
                    {"tokens", totals.tokens},
                    {"seconds", totals.seconds},
                    {"tokens_per_second", tokens_per_second(totals)},
                    {"device", model.device()}});
}

std::string similarity(const EmbedArguments& arguments, const Embedder& model, TextSource& source) {
  TextBlock block{source.all(), 0};
  if (block.texts.size() > most_similarity_texts)
    throw Error(ErrorCode::usage, fmt::format("--similarity compares at most {} texts; there are {}",
                                              most_similarity_texts, block.texts.size()));
  Totals totals;
  const Embeddings embeddings = embed_block(model, source, block, arguments.embed, totals);
  return arguments.format == Format::json ? json_document(similarity_json(block.texts, embeddings))
                                          : similarity_table(block.texts, embeddings);
}

VectorFormat format_of(const EmbedArguments& arguments) {
  const bool named_npy = std::filesystem::path(arguments.output).extension() == ".npy";
  const VectorFormat format =
      arguments.vector_format.value_or(named_npy ? VectorFormat::npy : VectorFormat::jsonl);
  if (format == VectorFormat::npy && arguments.output == "-")
    throw Error(ErrorCode::usage, "npy goes to a file: its header is completed at the end", {},
                "name one with --output FILE.npy");
  return format;
}

void run(const EmbedArguments& arguments) {
  require_model(arguments.model);
  const VectorFormat format = format_of(arguments);
  TextSource source(arguments.texts);
  Messages messages(arguments.verbosity);
  const Interrupt interrupt;
  Output output(arguments.output);
  const Embedder model(arguments.model, arguments.device);
  if (arguments.result == Result::similarity) {
    output.write(similarity(arguments, model, source));
    output.commit();
    return;
  }
  VectorWriter writer(output, format, model.dim());
  const Totals totals = write_vectors(arguments, model, source, writer, messages, interrupt);
  writer.finish();
  output.commit();
  if (output.is_stdout()) return;
  if (arguments.format == Format::json) write_stdout(summary_json(totals, model));
  messages.say(fmt::format("{} texts, {} tokens, {} floats each: {:.1f} s, {:.0f} tokens/s", totals.texts,
                           totals.tokens, model.dim(), totals.seconds, tokens_per_second(totals)));
}

void add_embed_options(CLI::App& app, EmbedOptions& options) {
  constexpr std::array overflows{Overflow::error, Overflow::truncate, Overflow::chunk};
  add_choice(
      app, "--overflow", {"error", "truncate", "chunk"},
      [&options, overflows](size_t i) { options.overflow = overflows.at(i); },
      "A text over the limit: an error (the default), cut, or split and joined by its tokens");
  add_integer(app, "--max-length", options.max_length, 0,
              "Tokens a text may have, specials counted; 0, the default, is the model's own limit");
  app.add_flag_callback(
      "--packing", [&options] { options.batching = Batching::packed; },
      "Several texts share a row of the device; the vectors are the same");
}

std::function<void()> declare(CLI::App& app) {
  const auto arguments = std::make_shared<EmbedArguments>();
  add_model(app, arguments->model, ModelPlace::flag);
  add_texts(app, arguments->texts);
  add_embed_options(app, arguments->embed);
  app.add_flag_callback(
      "--similarity", [arguments] { arguments->result = Result::similarity; },
      "A table of the texts' cosines instead of their vectors");
  add_device(app, arguments->device);
  add_output(app, arguments->output);
  constexpr std::array formats{VectorFormat::npy, VectorFormat::jsonl};
  add_choice(
      app, "--format", {"npy", "jsonl"},
      [arguments, formats](size_t i) { arguments->vector_format = formats.at(i); },
      "Of the vectors; npy is the default for an --output that ends in .npy");
  add_format(app, arguments->format);
  add_verbosity(app, arguments->verbosity);
  return [arguments] { run(*arguments); };
}

}  // namespace

Command embed_command() {
  return {
      "embed",
      "Turn texts into embeddings",
      "embed --model DIR (TEXT... | --input FILE) [FLAGS]",
      "  rk-transformers-cli embed --model all-MiniLM-L6-v2 \"a text\"\n"
      "  rk-transformers-cli embed --model all-MiniLM-L6-v2 --input texts.txt --output vectors.npy\n"
      "  rk-transformers-cli embed --model all-MiniLM-L6-v2 --input - --overflow truncate < texts.txt\n"
      "  rk-transformers-cli embed --model all-MiniLM-L6-v2 --similarity \"a cat\" \"a kitten\" \"a car\"\n"
      "\n"
      "JSON lines are {\"embedding\":[...]}; .npy is float32 [texts, floats]. With --json and an output "
      "file,\n"
      "standard output gets {\"texts\",\"dim\",\"tokens\",\"seconds\",\"tokens_per_second\",\"device\"}.",
      declare,
      {}};
}

}  // namespace rkt::cli
