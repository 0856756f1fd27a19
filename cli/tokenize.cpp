#include <CLI/CLI.hpp>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "rkt/tokenizer.h"

#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/json_text.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/text_source.h"

namespace rkt::cli {
namespace {

using nlohmann::ordered_json;

struct TokenizeArguments {
  std::filesystem::path model;
  TextArguments texts;
  std::optional<std::string> pair;
  std::optional<int> max_length, stride;
  std::optional<TruncationStrategy> truncation;
  SpecialTokens special_tokens = SpecialTokens::add;
  std::string output = "-";
  Format format = Format::json;
  Verbosity verbosity = Verbosity::normal;
};

EncodeOptions encode_options(const TokenizeArguments& arguments) {
  EncodeOptions options;
  options.special_tokens = arguments.special_tokens;
  if (arguments.max_length)
    options.truncation =
        Truncation{*arguments.max_length, arguments.truncation.value_or(TruncationStrategy::longest_first),
                   arguments.stride.value_or(0)};
  else if (arguments.truncation || arguments.stride)
    throw Error(ErrorCode::usage,
                arguments.stride ? "--stride without a length" : "--truncation without a length", {},
                "give one with --max-length N");
  return options;
}

ordered_json json_of(const Encoding& encoding, bool pair) {
  ordered_json offsets = ordered_json::array();
  for (const ByteSpan span : encoding.offsets) offsets.push_back({span.begin, span.end});
  ordered_json result{{"ids", encoding.ids}, {"tokens", encoding.tokens}, {"offsets", offsets}};
  if (pair) result["type_ids"] = encoding.type_ids;  // else nobody could tell which text an offset is of
  if (!encoding.overflowing.empty()) {
    ordered_json& windows = result["overflowing"] = ordered_json::array();
    for (const Encoding& window : encoding.overflowing) windows.push_back(json_of(window, pair));
  }
  return result;
}

void run(const TokenizeArguments& arguments) {
  require_model(arguments.model);
  const EncodeOptions options = encode_options(arguments);
  TextSource source(arguments.texts);
  Messages messages(arguments.verbosity);
  const Interrupt interrupt;
  Output output(arguments.output);
  const Tokenizer tokenizer = Tokenizer::open(arguments.model);
  interrupt.check();
  const auto encode = [&](const std::string& text, uint64_t index) {
    try {
      return arguments.pair ? tokenizer.encode_pair(text, *arguments.pair, options)
                            : tokenizer.encode(text, options);
    } catch (const Error& error) {
      throw source.located(error, index);
    }
  };
  for (TextBlock block; source.next(block);) {
    std::string lines;
    for (size_t i = 0; i < block.texts.size(); ++i)
      lines += json_line(json_of(encode(block.texts[i], block.first + i), arguments.pair.has_value()));
    interrupt.check();
    output.write(lines);
    if (!output.is_stdout()) messages.progress(Progress::terminal_only, "tokenize", source.fraction());
  }
  output.commit();
}

void add_truncation(CLI::App& app, TokenizeArguments& arguments) {
  add_integer(app, "--max-length", arguments.max_length, 0,
              "Tokens an encoding may have, specials counted; what is cut off becomes \"overflowing\"");
  constexpr std::array strategies{TruncationStrategy::longest_first, TruncationStrategy::only_first,
                                  TruncationStrategy::only_second};
  add_choice(
      app, "--truncation", {"longest_first", "only_first", "only_second"},
      [&arguments, strategies](size_t i) { arguments.truncation = strategies.at(i); },
      "Which of a pair is cut; longest_first is the default");
  add_integer(app, "--stride", arguments.stride, 0, "Tokens that neighbouring windows share");
}

std::function<void()> declare(CLI::App& app) {
  const auto arguments = std::make_shared<TokenizeArguments>();
  add_model(app, arguments->model, ModelPlace::flag);
  add_texts(app, arguments->texts);
  add_string(app, "--pair", arguments->pair, "TEXT", "The second sequence, the same for every text");
  add_truncation(app, *arguments);
  app.add_flag_callback(
      "--no-special-tokens", [arguments] { arguments->special_tokens = SpecialTokens::omit; },
      "Without [CLS], [SEP] and their like");
  add_output(app, arguments->output);
  add_format(app, arguments->format);
  add_verbosity(app, arguments->verbosity);
  return [arguments] { run(*arguments); };
}

}  // namespace

Command tokenize_command() {
  return {"tokenize",
          "Turn texts into token ids, as JSON lines",
          "tokenize --model DIR (TEXT... | --input FILE) [FLAGS]",
          "  rk-transformers-cli tokenize --model all-MiniLM-L6-v2 \"a first text\" \"a second one\"\n"
          "  rk-transformers-cli tokenize --model all-MiniLM-L6-v2 --input texts.txt --output ids.jsonl\n"
          "  rk-transformers-cli tokenize --model all-MiniLM-L6-v2 \"a question\" --pair \"a passage\" "
          "--max-length 32\n"
          "\n"
          "Each line: {\"ids\":[...],\"tokens\":[...],\"offsets\":[[begin,end],...]}; offsets are bytes of "
          "the text.",
          declare,
          {}};
}

}  // namespace rkt::cli
