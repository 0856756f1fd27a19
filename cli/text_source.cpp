#include "cli/text_source.h"

#include <charconv>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string_view>

namespace rkt::cli {
namespace {

constexpr size_t block_texts = 2048, block_bytes = size_t{1} << 20U;

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// The message of nlohmann::json quotes the line, and texts of users are not for messages.
std::string text_of(const std::string& line, const std::string& where) {
  nlohmann::json document;
  try {
    document = nlohmann::json::parse(line);
  } catch (const nlohmann::json::parse_error& problem) {
    if (std::string_view(problem.what()).find("ill-formed UTF-8") != std::string_view::npos)
      throw Error(ErrorCode::utf8_invalid, fmt::format("the line is not UTF-8 at byte {}", problem.byte - 1),
                  where, "convert it to UTF-8 first");
    throw Error(ErrorCode::input_invalid, fmt::format("the line is not valid JSON at byte {}", problem.byte),
                where, "a .jsonl file has one object a line: {\"text\": \"…\"}");
  }
  if (!document.is_object())
    throw Error(ErrorCode::input_invalid,
                fmt::format("the line is JSON of type {}; an object was expected", document.type_name()),
                where, "a .jsonl file has one object a line: {\"text\": \"…\"}");
  const auto text = document.find("text");
  if (text == document.end()) throw Error(ErrorCode::input_invalid, "the object has no \"text\"", where);
  if (!text->is_string())
    throw Error(ErrorCode::input_invalid,
                fmt::format("\"text\" is of type {}; a string was expected", text->type_name()), where);
  return text->get<std::string>();
}

}  // namespace

TextSource::TextSource(const TextArguments& arguments) : arguments_(arguments.texts) {
  if (arguments.texts.empty() == arguments.input.empty())
    throw Error(ErrorCode::usage,
                arguments.input.empty() ? "no texts" : "texts both as arguments and with --input", {},
                "give them as arguments or with --input FILE");
  if (arguments.input.empty()) return;
  lines_.emplace(arguments.input);
  json_lines_ = ends_with(arguments.input, ".jsonl");
}

std::string TextSource::place(uint64_t index) const {
  return lines_ ? fmt::format("{}:{}", lines_->name(), index + 1) : std::string();
}

bool TextSource::next_text(std::string& text) {
  if (!lines_) {
    if (index_ == arguments_.size()) return false;
    text = arguments_[index_];
  } else {
    if (!lines_->next(text)) return false;
    if (json_lines_) text = text_of(text, place(index_));
  }
  ++index_;
  return true;
}

bool TextSource::next(TextBlock& block) {
  block.texts.clear();
  block.first = index_;
  size_t bytes = 0;
  std::string text;
  while (block.texts.size() < block_texts && bytes < block_bytes && next_text(text)) {
    bytes += text.size();
    block.texts.push_back(std::move(text));
  }
  return !block.texts.empty();
}

std::vector<std::string> TextSource::all() {
  std::vector<std::string> texts;
  for (std::string text; next_text(text);) texts.push_back(std::move(text));
  return texts;
}

std::optional<double> TextSource::fraction() const {
  if (lines_) return lines_->fraction();
  return static_cast<double>(index_) / static_cast<double>(arguments_.size());
}

Error TextSource::located(const Error& error, const TextBlock& block) const {
  constexpr std::string_view prefix = "text ";
  const std::string& message = error.message();
  uint64_t index = 0;
  if (message.compare(0, prefix.size(), prefix) != 0) return error;
  const char* end = message.data() + message.size();
  const auto [stop, failure] = std::from_chars(message.data() + prefix.size(), end, index);
  if (failure != std::errc{}) return error;
  index += block.first;
  return {error.code(),
          fmt::format("text {}{}", index, std::string_view(stop, static_cast<size_t>(end - stop))),
          lines_ ? place(index) : error.where(), error.hint()};
}

Error TextSource::located(const Error& error, uint64_t index) const {
  return {error.code(), fmt::format("text {}: {}", index, error.message()),
          lines_ ? place(index) : error.where(), error.hint()};
}

}  // namespace rkt::cli
