#include "rkt/analyze.h"

#include <algorithm>
#include <numeric>

#include "batch/plan.h"
#include "engine/windows.h"

namespace rkt {
namespace {

int percentile(const std::vector<int>& sorted, int percent) {
  const size_t rank = (sorted.size() * static_cast<size_t>(percent) + 99) / 100;  // 1-based, rounded up
  return sorted[rank - 1];
}

StaticLength static_length(const std::vector<int>& sorted, int length) {
  StaticLength result;
  result.length = length;
  const auto fitting = std::upper_bound(sorted.begin(), sorted.end(), length);
  result.too_long = sorted.end() - fitting;
  const std::vector<int> lengths(sorted.begin(), fitting);
  if (lengths.empty()) return result;
  const auto tokens = static_cast<double>(std::accumulate(lengths.begin(), lengths.end(), int64_t{0}));
  int64_t rows = 0;
  for (const BatchPlan& plan : plan_packed(lengths, length, 1)) rows += plan.rows;
  result.useful = tokens / (static_cast<double>(lengths.size()) * length);
  result.useful_packed = tokens / (static_cast<double>(rows) * length);
  return result;
}

}  // namespace

LengthReport analyze_lengths(std::span<const int> lengths, int64_t bytes) {
  LengthReport report;
  report.texts = static_cast<int64_t>(lengths.size());
  report.bytes = bytes;
  if (lengths.empty()) return report;
  std::vector<int> sorted(lengths.begin(), lengths.end());
  std::sort(sorted.begin(), sorted.end());
  report.tokens = std::accumulate(sorted.begin(), sorted.end(), int64_t{0});
  report.min = sorted.front();
  report.max = sorted.back();
  report.mean = static_cast<double>(report.tokens) / static_cast<double>(report.texts);
  report.p50 = percentile(sorted, 50);
  report.p90 = percentile(sorted, 90);
  report.p95 = percentile(sorted, 95);
  report.p99 = percentile(sorted, 99);
  constexpr int shortest = 16, longest = 4096;  // what the NPU compiler is known to build
  for (int length = shortest; length <= longest; length *= 2) {
    report.lengths.push_back(static_length(sorted, length));
    if (length >= report.max) break;
  }
  return report;
}

LengthReport analyze_texts(const Tokenizer& tokenizer, std::span<const std::string> texts) {
  std::vector<int> lengths;
  int64_t bytes = 0;
  for (size_t i = 0; i < texts.size(); ++i) {
    lengths.push_back(std::max(1, static_cast<int>(encode_one(tokenizer, texts[i], i, {}).size())));
    bytes += static_cast<int64_t>(texts[i].size());
  }
  return analyze_lengths(lengths, bytes);
}

}  // namespace rkt
