/// Segments to the additive mask that a graph takes.
#pragma once
#include <span>

#include "base/tensor.h"
#include "device/device.h"

namespace rkt {

/// What is added to a masked score. Its exp, 2e-22, is 0 beside a visible one in float32 and float16 alike,
/// yet a normal number: at -100 it is subnormal, which makes the vendor's simulator four times slower.
inline constexpr float masked = -50.0F;

/// The mask's shape for so many rows of so many tokens, as graph.h lists it.
Shape mask_shape(MaskForm form, MaskAxes axes, int rows, int length);

/// Elements of the mask of `batch` in this form.
size_t mask_elements(const Batch& batch, MaskForm form);

/// Writes it: per_text [rows, length] by key; packed [rows, length, length], symmetric, hence the same for
/// both MaskAxes. A padding token sees itself alone, so that no row of scores is masked throughout.
void write_mask(const Batch& batch, MaskForm form, std::span<float> out);

}  // namespace rkt
