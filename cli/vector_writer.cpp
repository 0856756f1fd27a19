#include "cli/vector_writer.h"

#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <string_view>

#include "cli/npy.h"

namespace rkt::cli {
namespace {

std::string json_lines(const Embeddings& embeddings) {
  std::string lines;
  for (int i = 0; i < embeddings.rows; ++i) {
    lines += "{\"embedding\":[";
    bool first = true;
    for (const float value : embeddings.row(i)) {
      fmt::format_to(std::back_inserter(lines), "{}{}", first ? "" : ",", value);
      first = false;
    }
    lines += "]}\n";
  }
  return lines;
}

}  // namespace

VectorWriter::VectorWriter(Output& output, VectorFormat format, int dim)
    : output_(output), format_(format), dim_(dim) {
  if (format_ == VectorFormat::npy) output_.write(npy_header(0, static_cast<uint64_t>(dim_)));
}

void VectorWriter::write(const Embeddings& embeddings) {
  for (int i = 0; i < embeddings.rows; ++i)
    for (const float value : embeddings.row(i))
      if (!std::isfinite(value))  // JSON cannot say it, and nobody should search with it
        throw Error(ErrorCode::device_failed,
                    fmt::format("the embedding of text {} is not finite", rows_ + static_cast<uint64_t>(i)));
  rows_ += static_cast<uint64_t>(embeddings.rows);
  if (format_ == VectorFormat::jsonl) return output_.write(json_lines(embeddings));
  output_.write(
      {reinterpret_cast<const char*>(embeddings.values.data()), embeddings.values.size() * sizeof(float)});
}

void VectorWriter::finish() {
  if (format_ == VectorFormat::npy) output_.overwrite_start(npy_header(rows_, static_cast<uint64_t>(dim_)));
}

}  // namespace rkt::cli
