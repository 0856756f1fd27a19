#include "text/component_json.h"

#include <fmt/format.h>
#include <utility>

#include "base/near_match.h"
#include "text/wordpiece.h"

namespace rkt::text {

void check_token_length(const JsonView& view, const std::string& token) {
  if (token.size() <= longest_token) return;
  throw Error(ErrorCode::feature_unsupported,
              fmt::format("token {} has {} bytes; at most {} are possible", quote(token), token.size(),
                          longest_token),
              view.where());
}

void fail_unknown(const JsonView& view, const char* kind, const std::string& name,
                  std::span<const std::string> known) {
  throw Error(
      ErrorCode::feature_unsupported,
      fmt::format("{} {} is not known to this version; known: {}", kind, quote(name), fmt::join(known, ", ")),
      view.where(), did_you_mean(name.substr(0, 100), known));
}

JsonView element(const JsonView& parent, const char* key, const Json& value, size_t index) {
  return {value, fmt::format("{}: {}[{}]", parent.where(), key, index), ErrorCode::tokenizer_invalid};
}

std::unique_ptr<Normalizer> read_normalizer(const JsonView& view) {
  static const std::vector<std::string> known{"BertNormalizer", "Lowercase", "NFD", "Sequence",
                                              "StripAccents"};
  const std::string type = view.string("type");
  if (type == "BertNormalizer") {
    BertNormalizerOptions options;
    options.clean_text = view.boolean("clean_text");
    options.handle_chinese_chars = view.boolean("handle_chinese_chars");
    if (view.has("strip_accents")) options.strip_accents = view.boolean("strip_accents");
    options.lowercase = view.boolean("lowercase");
    return bert_normalizer(options);
  }
  if (type == "Lowercase") return lowercase_normalizer();
  if (type == "NFD") return nfd_normalizer();
  if (type == "StripAccents") return strip_accents_normalizer();
  if (type == "Sequence") return normalizer_sequence(read_each(view, "normalizers", read_normalizer));
  fail_unknown(view, "normalizer", type, known);
}

std::unique_ptr<PreTokenizer> read_pre_tokenizer(const JsonView& view) {
  static const std::vector<std::string> known{"BertPreTokenizer", "Sequence", "Whitespace",
                                              "WhitespaceSplit"};
  const std::string type = view.string("type");
  if (type == "BertPreTokenizer") return bert_pre_tokenizer();
  if (type == "Whitespace") return whitespace_pre_tokenizer();
  if (type == "WhitespaceSplit") return whitespace_split_pre_tokenizer();
  if (type == "Sequence") return pre_tokenizer_sequence(read_each(view, "pretokenizers", read_pre_tokenizer));
  fail_unknown(view, "pre-tokenizer", type, known);
}

namespace {

Vocabulary read_vocabulary(const JsonView& view) {
  Vocabulary vocabulary;
  vocabulary.reserve(view.value().size());
  for (const auto& [token, id] : view.value().items()) {
    check_token_length(view, token);
    const bool in_range = id.is_number_unsigned() && id.template get<uint64_t>() <= uint64_t{largest_id};
    if (!in_range)
      view.fail(fmt::format("token {} has the id {}, 0..{} is expected", quote(token), quote(id.dump()),
                            largest_id));
    const auto number = id.template get<int32_t>();
    if (!vocabulary.add(token, number))
      view.fail(fmt::format("token {} has an id twice: {}", quote(token), number));
  }
  return vocabulary;
}

std::unique_ptr<Model> read_wordpiece(const JsonView& view) {
  WordPiece::Options options;
  options.unk_token = view.string("unk_token");
  options.continuing_subword_prefix = view.string("continuing_subword_prefix");
  options.max_input_chars_per_word =
      static_cast<uint64_t>(view.integer("max_input_chars_per_word", 0, INT64_MAX));
  Vocabulary vocabulary = read_vocabulary(view.object("vocab"));
  if (vocabulary.find(options.unk_token) == nullptr)
    view.fail(fmt::format("unk_token {} is not in the vocabulary", quote(options.unk_token)));
  return std::make_unique<WordPiece>(std::move(vocabulary), options);
}

}  // namespace

std::unique_ptr<Model> read_model(const JsonView& view) {
  static const std::vector<std::string> known{"WordPiece"};
  // Documents from before tokenizers 0.9 leave the type out; the reference then goes by the fields.
  const bool looks_like_wordpiece = view.has("max_input_chars_per_word") && !view.has("merges");
  const std::string type = looks_like_wordpiece ? view.string_or("type", "WordPiece") : view.string("type");
  if (type == "WordPiece") return read_wordpiece(view);
  fail_unknown(view, "model", type, known);
}

}  // namespace rkt::text
