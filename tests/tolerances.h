/// Every tolerance of the tests, each with its reason. Nothing else in tests/ may hold one.
#pragma once

namespace rkt::tolerance {

/// float32 on two engines: sums of up to 1,536 products in another order, 6 layers deep, then unit length.
inline constexpr double cpu_cosine = 0.99999;
inline constexpr double cpu_max_abs = 1e-4;

/// The same engine and values in batches of other shapes: other kernels, hence another order of summation.
inline constexpr double same_engine_max_abs = 2e-6;

/// bfloat16 has 8 significant bits; 6 layers of it stay within this of float32, a wrong kernel falls far
/// below.
inline constexpr double bf16_cosine = 0.999;

/// The vendor's simulator in float16 against float32: 11 significant bits, 6 layers. The bound;
/// measured 0.999998.
inline constexpr double simulator_cosine = 0.99999;

/// The squared length of a normalised float32 vector of 384 elements, summed in double.
inline constexpr double unit_length = 1e-6;

}  // namespace rkt::tolerance
