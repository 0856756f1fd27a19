#include "model/embedding_tables.h"

#include <fmt/format.h>

#include "rkt/error.h"

namespace rkt {
namespace {

constexpr const char* words_name = "embeddings.word_embeddings.weight";
constexpr const char* positions_name = "embeddings.position_embeddings.weight";
constexpr const char* types_name = "embeddings.token_type_embeddings.weight";

void check_rows(std::span<const int32_t> rows, const TensorView& table, const char* what) {
  for (size_t i = 0; i < rows.size(); ++i)
    if (rows[i] < 0 || rows[i] >= table.shape[0])
      throw Error(ErrorCode::input_invalid,
                  fmt::format("{} {} at index {} is outside of 0..{}", what, rows[i], i, table.shape[0] - 1),
                  {}, "the tokenizer and the weights are of different models, or the input was too long");
}

void add_row(std::span<float> sum, const TensorView& table, int32_t row, std::span<float> scratch) {
  copy_as_float(table, static_cast<int64_t>(row) * static_cast<int64_t>(sum.size()), scratch);
  for (size_t k = 0; k < sum.size(); ++k) sum[k] += scratch[k];
}

}  // namespace

EmbeddingTables::EmbeddingTables(const EncoderConfig& config, const Weights& weights)
    : hidden_(config.hidden),
      words_(weights.tensor(words_name, {config.vocab_size, config.hidden})),
      positions_(weights.tensor(positions_name, {config.max_positions, config.hidden})),
      types_(weights.tensor(types_name, {config.type_vocab_size, config.hidden})) {}

void EmbeddingTables::lookup(std::span<const int32_t> ids, std::span<const int32_t> positions,
                             std::span<const int32_t> types, std::span<float> out) const {
  const auto width = static_cast<size_t>(hidden_);
  if (positions.size() != ids.size() || types.size() != ids.size() || out.size() != ids.size() * width)
    throw Error(
        ErrorCode::input_invalid,
        fmt::format("{} ids, {} positions, {} token types and room for {} floats do not belong together "
                    "at {} floats an id",
                    ids.size(), positions.size(), types.size(), out.size(), hidden_));
  check_rows(ids, words_, "id");
  check_rows(positions, positions_, "position");
  check_rows(types, types_, "token type");
  std::vector<float> scratch(width);
  for (size_t i = 0; i < ids.size(); ++i) {
    const std::span<float> sum = out.subspan(i * width, width);
    copy_as_float(words_, static_cast<int64_t>(ids[i]) * hidden_, sum);
    add_row(sum, types_, types[i], scratch);
    add_row(sum, positions_, positions[i], scratch);
  }
}

std::vector<std::string> EmbeddingTables::names() {
  return {words_name, positions_name, types_name};
}

}  // namespace rkt
