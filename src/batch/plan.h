/// Texts to rows: which text goes where. Pure functions, exact results.
#pragma once
#include <span>
#include <vector>

namespace rkt {

/// `length` tokens of text `text`, at tokens [begin, begin + length) of row `row`.
struct TextSpan {
  int text = 0, row = 0, begin = 0, length = 0;
  bool operator==(const TextSpan&) const = default;
};

/// The layout of one batch: rows × length cells and the texts in them.
struct BatchPlan {
  int rows = 0, length = 0;
  std::vector<TextSpan> spans;
  bool operator==(const BatchPlan&) const = default;
};

struct PlanLimits {
  int max_rows = 32;  ///< 1..
  int max_cells =
      2048;  ///< rows × length, padding counted; a single longer text still gets a batch of its own.
};

/// One text a row, texts of like length together: sorted by length (ties by index), cut greedily at the
/// limits. lengths: tokens per text, each >= 1. Every text appears once.
std::vector<BatchPlan> plan_sorted(std::span<const int> lengths, const PlanLimits& limits);

/// Several texts a row of `row_length` tokens: first-fit-decreasing bin packing (Johnson 1973), at most
/// `max_rows` rows a batch; every batch has length `row_length`. lengths: each 1..row_length.
std::vector<BatchPlan> plan_packed(std::span<const int> lengths, int row_length, int max_rows);

}  // namespace rkt
