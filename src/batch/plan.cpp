#include "batch/plan.h"

#include <algorithm>
#include <numeric>

namespace rkt {
namespace {

std::vector<int> order_by_length(std::span<const int> lengths) {
  std::vector<int> order(lengths.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return lengths[a] < lengths[b]; });
  return order;
}

}  // namespace

std::vector<BatchPlan> plan_sorted(std::span<const int> lengths, const PlanLimits& limits) {
  std::vector<BatchPlan> plans;
  for (const int text : order_by_length(lengths)) {
    const int length = lengths[text];  // the longest so far: the order is ascending
    const bool fits = !plans.empty() && plans.back().rows < limits.max_rows &&
                      (plans.back().rows + 1) * length <= limits.max_cells;
    if (!fits) plans.emplace_back();
    BatchPlan& plan = plans.back();
    plan.spans.push_back({text, plan.rows, 0, length});
    plan.length = length;
    ++plan.rows;
  }
  return plans;
}

std::vector<BatchPlan> plan_packed(std::span<const int> lengths, int row_length, int max_rows) {
  std::vector<int> order = order_by_length(lengths);
  std::reverse(order.begin(), order.end());
  std::vector<int> used;        // tokens of each row, over all batches
  std::vector<TextSpan> spans;  // rows numbered over all batches
  std::vector<size_t> first_with_room(static_cast<size_t>(row_length) + 1,
                                      0);  // per length: no earlier row has room
  for (const int text : order) {
    const int length = lengths[text];
    size_t row = first_with_room[static_cast<size_t>(length)];
    while (row < used.size() && used[row] + length > row_length) ++row;
    first_with_room[static_cast<size_t>(length)] = row;
    if (row == used.size()) used.push_back(0);
    spans.push_back({text, static_cast<int>(row), used[row], length});
    used[row] += length;
  }
  std::stable_sort(spans.begin(), spans.end(),
                   [](const TextSpan& a, const TextSpan& b) { return a.row < b.row; });

  const int rows = static_cast<int>(used.size());
  std::vector<BatchPlan> plans;
  for (int first = 0; first < rows; first += max_rows)
    plans.push_back({std::min(max_rows, rows - first), row_length, {}});
  for (TextSpan span : spans) {
    BatchPlan& plan = plans[static_cast<size_t>(span.row / max_rows)];
    span.row %= max_rows;
    plan.spans.push_back(span);
  }
  return plans;
}

}  // namespace rkt
