#include "cli/histogram.h"

#include <algorithm>
#include <fmt/format.h>

#include "cli/table.h"

namespace rkt::cli {

std::vector<Bin> histogram(std::span<const int> numbers) {
  constexpr int most_bins = 16;
  if (numbers.empty()) return {};
  const int largest = *std::max_element(numbers.begin(), numbers.end());
  const int width = (largest + most_bins - 1) / most_bins;
  std::vector<Bin> bins;
  for (int from = 1; from <= largest; from += width) bins.push_back({from, from + width - 1, 0});
  for (const int number : numbers) ++bins[static_cast<size_t>((number - 1) / width)].count;
  return bins;
}

std::string histogram_text(std::span<const Bin> bins) {
  constexpr int64_t columns = 50;
  int64_t most = 1;
  for (const Bin& bin : bins) most = std::max(most, bin.count);
  Table table({{"", Align::right}, {"", Align::right}, {"", Align::left}});
  for (const Bin& bin : bins) {
    const int64_t bar = (bin.count * columns + most - 1) / most;  // rounded up: a single text stays visible
    table.add({bin.from == bin.to ? std::to_string(bin.from) : fmt::format("{}-{}", bin.from, bin.to),
               grouped(bin.count), std::string(static_cast<size_t>(bar), '#')});
  }
  return table.text();
}

}  // namespace rkt::cli
