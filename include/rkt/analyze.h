/// How long texts are in tokens, and what a static length would waste on them.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rkt/tokenizer.h"

namespace rkt {

/// What a compiled shape of one length would do to the texts.
struct StaticLength {
  int length = 0;
  int64_t too_long = 0;      ///< Texts with more tokens.
  double useful = 0;         ///< Share of the computed tokens that are real, one text a row: 0..1.
  double useful_packed = 0;  ///< The same with several texts a row, first-fit-decreasing.
};

struct LengthReport {
  int64_t texts = 0, tokens = 0, bytes = 0;
  int min = 0, max = 0;
  double mean = 0;
  int p50 = 0, p90 = 0, p95 = 0,
      p99 = 0;                        ///< Nearest rank: the smallest length that so many percent do not pass.
  std::vector<StaticLength> lengths;  ///< 16, 32, 64, … up to the first that holds every text.
};

/// lengths: tokens per text, each >= 1; may be empty. bytes: of all texts.
LengthReport analyze_lengths(std::span<const int> lengths, int64_t bytes = 0);

/// Tokenises, specials counted, without truncation. Throws RKT-2001 with the index of the text.
LengthReport analyze_texts(const Tokenizer& tokenizer, std::span<const std::string> texts);

}  // namespace rkt
