#include "device/mask.h"

#include <algorithm>

namespace rkt {

Shape mask_shape(MaskForm form, MaskAxes axes, int rows, int length) {
  const int queries = form == MaskForm::packed ? length : 1;
  return axes == MaskAxes::keys ? Shape{rows, length, 1, queries} : Shape{rows, 1, queries, length};
}

size_t mask_elements(const Batch& batch, MaskForm form) {
  return batch.cells() * (form == MaskForm::packed ? static_cast<size_t>(batch.length) : 1);
}

void write_mask(const Batch& batch, MaskForm form, std::span<float> out) {
  const auto length = static_cast<size_t>(batch.length);
  if (form == MaskForm::per_text) {
    std::transform(batch.segments.begin(), batch.segments.end(), out.begin(),
                   [](int32_t segment) { return segment == 0 ? masked : 0.0F; });
    return;
  }
  for (size_t row = 0; row < static_cast<size_t>(batch.rows); ++row) {
    const int32_t* segments = batch.segments.data() + row * length;
    float* matrix = out.data() + row * length * length;
    for (size_t query = 0; query < length; ++query)
      for (size_t key = 0; key < length; ++key) {
        const bool visible = segments[query] == 0 ? query == key : segments[query] == segments[key];
        matrix[query * length + key] = visible ? 0.0F : masked;
      }
  }
}

}  // namespace rkt
