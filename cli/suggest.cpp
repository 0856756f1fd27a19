#include "cli/suggest.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>
#include <vector>

namespace rkt::cli {
namespace {

/// Optimal string alignment distance: insert, delete, replace, swap of neighbours.
size_t edits(std::string_view a, std::string_view b) {
  std::vector<size_t> before, last(b.size() + 1), now(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        now[j] = std::min(now[j], before[j - 2] + 1);
    }
    before = last;
    last = now;
  }
  return last[b.size()];
}

}  // namespace

std::string did_you_mean(std::string_view name, std::span<const std::string> names) {
  const size_t limit = std::max<size_t>(2, name.size() / 3);
  std::vector<std::pair<size_t, std::string>> near;
  for (const std::string& candidate : names) {
    const size_t distance = edits(name, candidate);
    if (distance <= limit && distance < std::max(name.size(), candidate.size()))
      near.emplace_back(distance, candidate);
  }
  std::sort(near.begin(), near.end());
  if (near.size() > 3) near.resize(3);
  std::string text;
  for (const auto& match : near) text += (text.empty() ? "did you mean '" : ", '") + match.second + "'";
  return text.empty() ? text : text + "?";
}

Error not_found(const std::filesystem::path& path) {
  const std::filesystem::path parent = path.has_parent_path() ? path.parent_path() : ".";
  std::vector<std::string> siblings;
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(parent, failure))
    siblings.push_back(entry.path().filename().string());
  return {ErrorCode::path_not_found,
          fmt::format("no such file or directory: '{}'", path.string()),
          {},
          failure ? fmt::format("'{}' does not exist either", parent.string())
                  : did_you_mean(path.filename().string(), siblings)};
}

}  // namespace rkt::cli
