#include <bit>
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>

#include "base/tensor.h"

namespace rkt {
namespace {

/// IEEE 754-2008, 3.4, as arithmetic: sign * 2^(exponent - bias) * significand.
double defined_value(unsigned bits, int exponent_bits, int mantissa_bits) {
  const unsigned mantissa = bits & ((1U << mantissa_bits) - 1);
  const int exponent = static_cast<int>((bits >> mantissa_bits) & ((1U << exponent_bits) - 1));
  const int bias = (1 << (exponent_bits - 1)) - 1;
  const double sign = (bits >> (exponent_bits + mantissa_bits)) != 0 ? -1 : 1;
  if (exponent == (1 << exponent_bits) - 1)
    return mantissa != 0 ? std::numeric_limits<double>::quiet_NaN() : sign * INFINITY;
  if (exponent == 0) return sign * std::ldexp(mantissa, 1 - bias - mantissa_bits);
  return sign * std::ldexp(mantissa + (1U << mantissa_bits), exponent - bias - mantissa_bits);
}

void expect_same(float actual, double expected, unsigned bits) {
  if (std::isnan(expected)) {
    ASSERT_TRUE(std::isnan(actual)) << bits;
  } else {
    ASSERT_EQ(static_cast<double>(actual), expected) << bits;
  }
  ASSERT_EQ(std::signbit(actual), (bits >> 15U) != 0) << bits;
}

TEST(Conversions, EveryHalf) {
  for (unsigned bits = 0; bits < 65536; ++bits)
    expect_same(half_to_float(static_cast<uint16_t>(bits)), defined_value(bits, 5, 10), bits);
}

TEST(Conversions, EveryBfloat) {
  for (unsigned bits = 0; bits < 65536; ++bits)
    expect_same(bfloat_to_float(static_cast<uint16_t>(bits)), defined_value(bits, 8, 7), bits);
}

#ifdef __FLT16_MAX__
TEST(Conversions, TheCompilersHalfAgrees) {
  for (unsigned bits = 0; bits < 65536; ++bits) {
    const auto half = std::bit_cast<_Float16>(static_cast<uint16_t>(bits));
    const auto expected = static_cast<float>(half), actual = half_to_float(static_cast<uint16_t>(bits));
    if (std::isnan(expected)) continue;
    ASSERT_EQ(std::bit_cast<uint32_t>(actual), std::bit_cast<uint32_t>(expected));
  }
}
#endif

TEST(Conversions, UnalignedBytes) {
  std::byte storage[13];
  const float values[] = {1.5F, -2.0F, 3.25F};
  std::memcpy(storage + 1, values, sizeof values);
  const TensorView view{DType::f32, {3}, std::span<const std::byte>(storage + 1, 12)};
  EXPECT_EQ(to_float(view), (std::vector<float>{1.5F, -2.0F, 3.25F}));
  float last = 0;
  copy_as_float(view, 2, {&last, 1});
  EXPECT_EQ(last, 3.25F);
}

TEST(Conversions, NothingAtAll) {
  EXPECT_TRUE(to_float(TensorView{DType::f32, {0, 4}, {}}).empty());
  EXPECT_TRUE(to_float(TensorView{DType::f16, {0}, {}}).empty());
}

TEST(Tensor, SizesAndNames) {
  EXPECT_EQ(element_count({}), 1);
  EXPECT_EQ(element_count({3, 0, 7}), 0);
  EXPECT_EQ(element_count({30522, 384}), 11'720'448);
  EXPECT_EQ(size_of(DType::f32), 4U);
  EXPECT_EQ(size_of(DType::bf16), 2U);
  EXPECT_EQ(name_of(DType::f16), "F16");
}

}  // namespace
}  // namespace rkt
