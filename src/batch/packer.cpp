#include "batch/packer.h"

#include <algorithm>
#include <numeric>

namespace rkt {

Batch pack(const BatchPlan& plan, std::span<const Encoding* const> encodings, const PackOptions& options) {
  Batch batch;
  batch.rows = plan.rows;
  batch.length = plan.length;
  batch.ids.assign(batch.cells(), options.pad_id);
  batch.positions.assign(batch.cells(), options.first_position);
  batch.token_types.assign(batch.cells(), 0);
  batch.segments.assign(batch.cells(), 0);
  std::vector<int32_t> texts_in_row(static_cast<size_t>(plan.rows), 0);
  for (const TextSpan& span : plan.spans) {
    const Encoding& encoding = *encodings[static_cast<size_t>(span.text)];
    const auto at = static_cast<std::ptrdiff_t>(span.row) * plan.length + span.begin;
    const int32_t segment = ++texts_in_row[static_cast<size_t>(span.row)];
    std::copy_n(encoding.ids.begin(), span.length, batch.ids.begin() + at);
    std::copy_n(encoding.type_ids.begin(), span.length, batch.token_types.begin() + at);
    std::iota(batch.positions.begin() + at, batch.positions.begin() + at + span.length,
              options.first_position);
    std::fill_n(batch.segments.begin() + at, span.length, segment);
    if (segment > 1 || span.begin > 0) batch.one_text_per_row = false;
  }
  return batch;
}

}  // namespace rkt
