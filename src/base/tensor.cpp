#include "base/tensor.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace rkt {

size_t size_of(DType dtype) noexcept {
  return dtype == DType::f32 ? 4 : 2;
}

std::string_view name_of(DType dtype) noexcept {
  return dtype == DType::f32 ? "F32" : dtype == DType::f16 ? "F16" : "BF16";
}

int64_t element_count(const Shape& shape) noexcept {
  int64_t count = 1;
  for (const int64_t dimension : shape) count *= dimension;
  return count;
}

float half_to_float(uint16_t bits) noexcept {
  const uint32_t sign = static_cast<uint32_t>(bits & 0x8000U) << 16U;
  const uint32_t exponent = (bits >> 10U) & 0x1FU;
  const uint32_t mantissa = bits & 0x3FFU;
  if (exponent == 0x1F) return std::bit_cast<float>(sign | 0x7F800000U | (mantissa << 13U));
  if (exponent != 0) return std::bit_cast<float>(sign | ((exponent + 112) << 23U) | (mantissa << 13U));
  const float subnormal = static_cast<float>(mantissa) * 0x1p-24F;
  return sign != 0 ? -subnormal : subnormal;
}

float bfloat_to_float(uint16_t bits) noexcept {
  return std::bit_cast<float>(static_cast<uint32_t>(bits) << 16U);
}

void copy_as_float(const TensorView& tensor, int64_t first, std::span<float> out) noexcept {
  if (out.empty()) return;  // an empty tensor may have no address
  const std::byte* source = tensor.bytes.data() + static_cast<size_t>(first) * size_of(tensor.dtype);
  if (tensor.dtype == DType::f32) {
    std::memcpy(out.data(), source, out.size_bytes());
    return;
  }
  for (size_t i = 0; i < out.size(); ++i) {
    uint16_t bits = 0;
    std::memcpy(&bits, source + 2 * i, 2);
    out[i] = tensor.dtype == DType::f16 ? half_to_float(bits) : bfloat_to_float(bits);
  }
}

std::vector<float> to_float(const TensorView& tensor) {
  std::vector<float> values(static_cast<size_t>(tensor.elements()));
  copy_as_float(tensor, 0, values);
  return values;
}

void transpose(std::span<const float> from, size_t rows, size_t columns, std::span<float> to) noexcept {
  constexpr size_t block = 16;  // a cache line of floats on either side
  for (size_t r0 = 0; r0 < rows; r0 += block)
    for (size_t c0 = 0; c0 < columns; c0 += block)
      for (size_t r = r0; r < std::min(rows, r0 + block); ++r)
        for (size_t c = c0; c < std::min(columns, c0 + block); ++c) to[c * rows + r] = from[r * columns + c];
}

}  // namespace rkt
