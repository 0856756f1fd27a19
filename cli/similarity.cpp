#include "cli/similarity.h"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/table.h"
#include "cli/text_width.h"

namespace rkt::cli {
namespace {

double cosine(std::span<const float> a, std::span<const float> b) {
  double ab = 0, aa = 0, bb = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    ab += double{a[i]} * double{b[i]};
    aa += double{a[i]} * double{a[i]};
    bb += double{b[i]} * double{b[i]};
  }
  return ab / std::sqrt(aa * bb);
}

}  // namespace

std::string similarity_table(std::span<const std::string> texts, const Embeddings& embeddings) {
  constexpr int text_columns = 44;
  std::vector<Table::Column> columns{{"", Align::right}, {"text", Align::left}};
  for (size_t i = 0; i < texts.size(); ++i) columns.push_back({std::to_string(i + 1), Align::right});
  Table table(columns);
  for (int i = 0; i < embeddings.rows; ++i) {
    std::vector<std::string> cells{std::to_string(i + 1),
                                   shortened(texts[static_cast<size_t>(i)], text_columns)};
    for (int j = 0; j < embeddings.rows; ++j)
      cells.push_back(fmt::format("{:.2f}", cosine(embeddings.row(i), embeddings.row(j))));
    table.add(std::move(cells));
  }
  return table.text();
}

nlohmann::ordered_json similarity_json(std::span<const std::string> texts, const Embeddings& embeddings) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (int i = 0; i < embeddings.rows; ++i) {
    std::vector<double> row;
    row.reserve(static_cast<size_t>(embeddings.rows));
    for (int j = 0; j < embeddings.rows; ++j) row.push_back(cosine(embeddings.row(i), embeddings.row(j)));
    rows.push_back(row);
  }
  return {{"texts", texts}, {"cosines", rows}};
}

}  // namespace rkt::cli
