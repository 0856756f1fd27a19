#include "rkt/tokenizer.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <span>
#include <stdexcept>
#include <utility>

#include "base/utf8.h"
#include "text/components.h"
#include "text/truncation.h"

namespace rkt {

using text::NormalizedText;
using text::Piece;
using text::TextRange;

namespace {

// Offsets are 32 bits wide; the rest is for normalizers that make texts longer, which check for themselves.
constexpr size_t longest_text = size_t{1} << 30U;

void check_text(std::string_view text, const char* which) {
  if (text.size() > longest_text)
    throw Error(ErrorCode::input_invalid,
                fmt::format("{} has {} bytes; at most {} are possible", which, text.size(), longest_text),
                "tokenizer", "split it");
  if (const auto position = find_invalid_utf8(text))
    throw Error(ErrorCode::utf8_invalid, fmt::format("{} is not UTF-8 at byte {}", which, *position),
                "tokenizer", "convert it to UTF-8 first");
}

/// Collects the tokens of one sequence; words are counted as the reference counts its splits.
class SequenceEncoder {
 public:
  SequenceEncoder(const text::Components& components, int32_t type_id)
      : components_(components), type_id_(type_id) {}

  /// text → added tokens | normalizer → added tokens | pre-tokenizer → model
  Encoding encode(std::string_view text) {
    reserve(text.size() / 4);  // English has a token for every four bytes
    for (const Piece& piece : components_.added_tokens.split_original(text)) {
      NormalizedText part = NormalizedText::identity(
          text.substr(piece.range.begin, piece.range.end - piece.range.begin), piece.range.begin);
      if (piece.id)
        add_word(*piece.id, part.text, piece.range);
      else
        encode_text(std::move(part));
    }
    result_.type_ids.assign(result_.size(), type_id_);
    result_.special_tokens_mask.assign(result_.size(), 0);
    return std::move(result_);
  }

 private:
  void reserve(size_t tokens) {
    result_.ids.reserve(tokens);
    result_.tokens.reserve(tokens);
    result_.offsets.reserve(tokens);
    result_.word_ids.reserve(tokens);
  }

  void encode_text(NormalizedText text) {
    if (components_.normalizer) components_.normalizer->normalize(text);
    const std::vector<Piece> pieces = components_.added_tokens.split_normalized(text.text);
    if (pieces.size() == 1 && !pieces.front().id) return encode_words(std::move(text));
    for (const Piece& piece : pieces) {
      if (piece.id)
        add_word(*piece.id, text.view(piece.range), text.origin_of(piece.range));
      else
        encode_words(text.slice(piece.range));
    }
  }

  void encode_words(NormalizedText text) {
    words_.assign(1, {0, static_cast<uint32_t>(text.text.size())});
    if (components_.pre_tokenizer) components_.pre_tokenizer->split(text, words_);
    for (const TextRange& word : words_) {
      tokens_.clear();
      components_.model->tokenize(text.view(word), tokens_);
      for (const text::Token& token : tokens_)
        add(token.id, token.value, text.origin_of({word.begin + token.begin, word.begin + token.end}));
      ++word_;
    }
  }

  /// An added token is a word of its own, spelled as the text has it.
  void add_word(int32_t id, std::string_view spelling, ByteSpan origin) {
    add(id, spelling, origin);
    ++word_;
  }

  void add(int32_t id, std::string_view spelling, ByteSpan origin) {
    result_.ids.push_back(id);
    result_.tokens.emplace_back(spelling);
    result_.offsets.push_back(origin);
    result_.word_ids.push_back(word_);
  }

  const text::Components& components_;
  int32_t type_id_;
  int32_t word_ = 0;
  Encoding result_;
  std::vector<TextRange> words_;
  std::vector<text::Token> tokens_;
};

/// The reference compares the stride with single texts' special tokens, even for a pair or when none are
/// added.
Truncation without_special_tokens(Truncation truncation, size_t added, size_t added_to_single) {
  const auto fail = [](const std::string& message) {
    throw Error(ErrorCode::truncation_impossible, message, "truncation",
                "choose a larger max_length or a smaller stride");
  };
  const auto length = static_cast<int64_t>(truncation.max_length),
             stride = static_cast<int64_t>(truncation.stride);
  if (length < 0 || stride < 0)
    fail(fmt::format("max_length {} or stride {} is negative", truncation.max_length, truncation.stride));
  if (length < static_cast<int64_t>(added))
    fail(fmt::format("max_length {} leaves no room for {} special tokens", length, added));
  if (const int64_t rest = length - static_cast<int64_t>(added_to_single); rest >= 0 && rest < stride)
    fail(fmt::format("a stride of {} tokens does not fit max_length {} with {} special tokens", stride,
                     length, added_to_single));
  truncation.max_length -= static_cast<int>(added);
  return truncation;
}

}  // namespace

struct Tokenizer::Impl {
  text::Components components;

  Encoding encode(std::span<const std::string_view> texts, const EncodeOptions& options) const {
    const bool is_pair = texts.size() == 2;
    check_text(texts[0], is_pair ? "the first text" : "the text");
    if (is_pair) check_text(texts[1], "the second text");
    std::optional<Truncation> limit = options.truncation;
    if (limit) {
      const bool adds = options.special_tokens == SpecialTokens::add;
      const text::PostProcessor& post = components.post_processor;
      limit = without_special_tokens(*limit, adds ? post.added_tokens(is_pair) : 0, post.added_tokens(false));
    }
    std::vector<Encoding> sequences;
    for (const std::string_view text : texts)
      sequences.push_back(SequenceEncoder(components, static_cast<int32_t>(sequences.size())).encode(text));
    if (limit) text::truncate(sequences[0], is_pair ? &sequences[1] : nullptr, *limit);
    return components.post_processor.process(std::move(sequences), options.special_tokens);
  }
};

Tokenizer::Tokenizer(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

Tokenizer Tokenizer::from_json(std::string_view json, const std::string& where) {
  try {
    return Tokenizer(std::make_unique<const Impl>(Impl{text::read_tokenizer_json(json, where)}));
  } catch (const std::length_error&) {
    throw Error(ErrorCode::tokenizer_invalid, "the vocabulary is larger than any in use", where);
  }
}

Encoding Tokenizer::encode(std::string_view text, const EncodeOptions& options) const {
  return impl_->encode(std::array{text}, options);
}

Encoding Tokenizer::encode_pair(std::string_view first, std::string_view second,
                                const EncodeOptions& options) const {
  return impl_->encode(std::array{first, second}, options);
}

int Tokenizer::vocab_size() const noexcept {
  return std::max(impl_->components.model->vocabulary().largest_id(),
                  impl_->components.added_vocabulary.largest_id()) +
         1;
}

int Tokenizer::special_tokens_single() const noexcept {
  return static_cast<int>(impl_->components.post_processor.added_tokens(false));
}

std::optional<int32_t> Tokenizer::token_to_id(std::string_view token) const {
  const int32_t* id = impl_->components.find(token);
  return id == nullptr ? std::nullopt : std::optional(*id);
}

std::optional<std::string> Tokenizer::id_to_token(int32_t id) const {
  const std::string* token = impl_->components.find(id);
  return token == nullptr ? std::nullopt : std::optional(*token);
}

std::string_view Tokenizer::model_type() const noexcept {
  return impl_->components.model->type();
}

std::optional<Truncation> Tokenizer::file_truncation() const {
  return impl_->components.truncation;
}

}  // namespace rkt
