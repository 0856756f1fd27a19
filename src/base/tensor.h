/// Views of tensors in the weights' own element type.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace rkt {

enum class DType { f32, f16, bf16 };

size_t size_of(DType dtype) noexcept;            ///< Bytes per element.
std::string_view name_of(DType dtype) noexcept;  ///< "F32", "F16", "BF16" as safetensors spells them.

using Shape = std::vector<int64_t>;

/// Product of the dimensions; 1 for a scalar. Throws nothing: callers check ranges when they read a shape.
int64_t element_count(const Shape& shape) noexcept;

/// Row-major elements that somebody else keeps alive. `bytes` may be unaligned (mapped files).
struct TensorView {
  DType dtype = DType::f32;
  Shape shape;
  std::span<const std::byte> bytes;

  int64_t elements() const noexcept { return element_count(shape); }
};

/// IEEE 754 binary16 and bfloat16 to float32, exact.
float half_to_float(uint16_t bits) noexcept;
float bfloat_to_float(uint16_t bits) noexcept;

/// Elements [first, first + out.size()) as float32. The range must lie inside the tensor.
void copy_as_float(const TensorView& tensor, int64_t first, std::span<float> out) noexcept;

/// The whole tensor as float32.
std::vector<float> to_float(const TensorView& tensor);

/// to [columns, rows] = the transpose of from [rows, columns], both row-major and apart from each other.
void transpose(std::span<const float> from, size_t rows, size_t columns, std::span<float> to) noexcept;

}  // namespace rkt
