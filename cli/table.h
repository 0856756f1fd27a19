/// Aligned text for people.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace rkt::cli {

enum class Align { left, right };

class Table {
 public:
  struct Column {
    std::string title;
    Align align;
  };
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// As many cells as there are columns.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  /// Every line indented by two; no line of titles if all are empty.
  std::string text() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// "label  value" lines, the values below each other.
std::string facts(const std::vector<std::pair<std::string, std::string>>& lines);

/// 1234567 → "1,234,567"
std::string grouped(int64_t number);

/// Bytes as "43.2 MiB".
std::string mebibytes(double bytes);

}  // namespace rkt::cli
