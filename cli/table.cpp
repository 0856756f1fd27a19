#include "cli/table.h"

#include <algorithm>
#include <fmt/format.h>

#include "cli/text_width.h"

namespace rkt::cli {

std::string Table::text() const {
  std::vector<int> widths;
  bool titled = false;
  for (const Column& column : columns_) {
    widths.push_back(display_width(column.title));
    titled = titled || !column.title.empty();
  }
  for (const auto& row : rows_)
    for (size_t i = 0; i < columns_.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));

  std::string text;
  const auto add_line = [&](const auto& cell_of) {
    std::string line;
    for (size_t i = 0; i < columns_.size(); ++i) {
      const std::string& cell = cell_of(i);
      const std::string padding(static_cast<size_t>(widths[i] - display_width(cell)), ' ');
      line += "  " + (columns_[i].align == Align::left ? cell + padding : padding + cell);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  if (titled) add_line([&](size_t i) -> const std::string& { return columns_[i].title; });
  for (const auto& row : rows_) add_line([&](size_t i) -> const std::string& { return row[i]; });
  return text;
}

std::string facts(const std::vector<std::pair<std::string, std::string>>& lines) {
  int width = 0;
  for (const auto& line : lines) width = std::max(width, display_width(line.first));
  std::string text;
  for (const auto& [label, value] : lines)
    text += fmt::format("{}{}  {}\n", label,
                        std::string(static_cast<size_t>(width - display_width(label)), ' '), value);
  return text;
}

std::string grouped(int64_t number) {
  std::string digits = std::to_string(number);
  const int first = number < 0 ? 1 : 0;
  for (int i = static_cast<int>(digits.size()) - 3; i > first; i -= 3)
    digits.insert(static_cast<size_t>(i), ",");
  return digits;
}

std::string mebibytes(double bytes) {
  return fmt::format("{:.1f} MiB", bytes / (1024 * 1024));
}

}  // namespace rkt::cli
