/// Every tolerance of the tests, each with its reason. Nothing else in tests/ may hold one.
#pragma once

namespace rkt::tolerance {

/// float32 on two engines: sums of up to 1,536 products in another order, 6 layers deep, then unit length.
/// Measured 0.9999999 and 3e-7; the bound is kept.
inline constexpr double cpu_cosine = 0.99999;
inline constexpr double cpu_max_abs = 1e-4;

}  // namespace rkt::tolerance
