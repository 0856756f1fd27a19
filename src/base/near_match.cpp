#include "base/near_match.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace rkt {

int edit_distance(std::string_view a, std::string_view b) {
  std::vector<int> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<int>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    now[0] = static_cast<int>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        now[j] = std::min(now[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

std::vector<std::string> near_matches(std::string_view name, std::span<const std::string> names) {
  constexpr size_t longest = 256;  // the distance takes time in proportion to the square
  if (name.size() > longest) return {};
  const int limit = std::max(2, static_cast<int>(name.size() / 3));
  std::vector<std::pair<int, std::string>> near;
  for (const std::string& candidate : names) {
    // the lengths alone tell most names apart, and damaged files can hold very long ones
    const auto gap = static_cast<int64_t>(name.size()) - static_cast<int64_t>(candidate.size());
    if (gap > limit || gap < -limit) continue;
    const int distance = edit_distance(name, candidate);
    if (distance <= limit && distance < static_cast<int>(std::max(name.size(), candidate.size())))
      near.emplace_back(distance, candidate);
  }
  std::sort(near.begin(), near.end());
  std::vector<std::string> result;
  for (size_t i = 0; i < near.size() && i < 3; ++i) result.push_back(near[i].second);
  return result;
}

std::string did_you_mean(std::string_view name, std::span<const std::string> names) {
  std::string text;
  for (const std::string& match : near_matches(name, names))
    text += (text.empty() ? "did you mean '" : ", '") + match + "'";
  return text.empty() ? text : text + "?";
}

}  // namespace rkt
