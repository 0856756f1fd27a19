/// Counts of whole numbers, drawn with characters.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace rkt::cli {

/// Numbers from..to, both counted.
struct Bin {
  int from = 0, to = 0;
  int64_t count = 0;
};

/// At most 16 bins of one width from 1 to the largest number; none for no numbers. numbers: each >= 1.
std::vector<Bin> histogram(std::span<const int> numbers);

/// A line for each bin: range, count, bar.
std::string histogram_text(std::span<const Bin> bins);

}  // namespace rkt::cli
