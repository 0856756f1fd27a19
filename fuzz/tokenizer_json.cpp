/// A tokenizer.json from anywhere, and a text from anywhere: only rkt::Error may come out.
/// The input is a document, a zero byte, and the text; corpus/tokenizer_json has documents to start from.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "rkt/error.h"
#include "rkt/tokenizer.h"

namespace {

/// Every token must cut a part out of its text.
void check(const rkt::Encoding& encoding, size_t longest) {
  const size_t size = encoding.size();
  if (encoding.type_ids.size() != size || encoding.tokens.size() != size || encoding.offsets.size() != size ||
      encoding.word_ids.size() != size || encoding.special_tokens_mask.size() != size)
    __builtin_trap();
  for (const rkt::ByteSpan& span : encoding.offsets)
    if (span.begin > span.end || span.end > longest) __builtin_trap();
  for (const rkt::Encoding& window : encoding.overflowing) check(window, longest);
}

template <class Encode>
void check_unless_refused(Encode encode, size_t longest) {
  try {
    check(encode(), longest);
  } catch (const rkt::Error&) {
  }
}

void encode(const rkt::Tokenizer& tokenizer, std::string_view text, const rkt::EncodeOptions& options) {
  const std::string_view half = text.substr(0, text.size() / 2);
  const auto pair = [&](std::string_view first, std::string_view second, size_t longest) {
    check_unless_refused([&] { return tokenizer.encode_pair(first, second, options); }, longest);
  };
  check_unless_refused([&] { return tokenizer.encode(text, options); }, text.size());
  // a pair's tokens do not say which text they are of, unless one text is empty
  pair(half, "", half.size());
  pair("", half, half.size());
  pair(half, text, text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t end = std::min(input.find('\0'), size);
  const std::string_view text = input.substr(std::min(end + 1, size));
  try {
    const rkt::Tokenizer tokenizer = rkt::Tokenizer::from_json(input.substr(0, end));
    rkt::EncodeOptions options;
    encode(tokenizer, text, options);
    const int length = static_cast<int>(size % 7) + 1;
    for (const auto strategy : {rkt::TruncationStrategy::longest_first, rkt::TruncationStrategy::only_first,
                                rkt::TruncationStrategy::only_second}) {
      options.truncation = rkt::Truncation{length, strategy, length / 3};
      encode(tokenizer, text, options);
    }
    options = {rkt::SpecialTokens::omit, tokenizer.file_truncation()};
    encode(tokenizer, text, options);
    for (int32_t id = -1; id <= tokenizer.vocab_size() && id < 1000; ++id)
      if (const auto token = tokenizer.id_to_token(id); token && tokenizer.token_to_id(*token) != id)
        __builtin_trap();
  } catch (const rkt::Error&) {
  }
  return 0;
}
