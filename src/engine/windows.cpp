#include "engine/windows.h"

#include <fmt/format.h>
#include <iterator>

namespace rkt {

Encoding encode_one(const Tokenizer& tokenizer, std::string_view text, size_t index,
                    const EncodeOptions& options) {
  try {
    return tokenizer.encode(text, options);
  } catch (const Error& problem) {  // the tokenizer knows one text, the caller sent many
    throw Error(problem.code(), fmt::format("text {}: {}", index, problem.message()), problem.where(),
                problem.hint());
  }
}

int limit_of(const ModelDirectory& directory, int asked) {
  if (asked == 0) return directory.max_seq_length;
  const int shortest = 3,
            longest = directory.config.max_positions;  // shortest: two special tokens and one more
  if (asked < shortest || asked > longest)
    throw Error(ErrorCode::length_out_of_range,
                fmt::format("a length of {} tokens was asked for; this model takes {}..{}", asked, shortest,
                            longest));
  return asked;
}

Windows encode_windows(const Tokenizer& tokenizer, std::span<const std::string_view> texts, int limit,
                       Overflow overflow) {
  EncodeOptions options;
  if (overflow != Overflow::error)
    options.truncation = Truncation{limit, TruncationStrategy::longest_first, 0,
                                    overflow == Overflow::chunk ? Overflowing::keep : Overflowing::drop};
  Windows windows;
  windows.owned.reserve(texts.size());
  for (size_t i = 0; i < texts.size(); ++i) {
    Encoding encoding = encode_one(tokenizer, texts[i], i, options);
    if (encoding.size() == 0)
      throw Error(ErrorCode::input_invalid, fmt::format("text {} has no tokens", i), {},
                  "this model's tokenizer adds no special tokens: leave empty texts out");
    if (static_cast<int>(encoding.size()) > limit)
      throw Error(ErrorCode::text_too_long,
                  fmt::format("text {} has {} tokens; the limit is {}", i, encoding.size(), limit), {},
                  "cut it (--overflow truncate) or split it (--overflow chunk)");
    std::vector<Encoding> rest = std::move(encoding.overflowing);
    encoding.overflowing.clear();
    windows.count_of_text.push_back(static_cast<int>(1 + rest.size()));
    windows.owned.push_back(std::move(encoding));
    windows.owned.insert(windows.owned.end(), std::make_move_iterator(rest.begin()),
                         std::make_move_iterator(rest.end()));
    int tokens = 0;
    for (size_t w = windows.text_of.size(); w < windows.owned.size(); ++w) {
      windows.text_of.push_back(static_cast<int>(i));
      tokens += static_cast<int>(windows.owned[w].size());
    }
    windows.tokens_per_text.push_back(tokens);
  }
  for (const Encoding& encoding : windows.owned) windows.encodings.push_back(&encoding);
  return windows;
}

}  // namespace rkt
