#include "export/simulator_check.h"

#include <gtest/gtest.h>
#include <limits>

namespace rkt {
namespace {

using Vectors = std::vector<std::vector<float>>;

TEST(Compare, IsTheCosineOfEachPair) {
  const Vectors a{{1, 0}, {3, 4}, {1, 1}}, b{{2, 0}, {4, 3}, {-1, -1}};
  std::vector<double> each;
  const CosineSummary summary = compare(a, b, &each);
  ASSERT_EQ(each.size(), 3U);
  EXPECT_DOUBLE_EQ(each[0], 1);
  EXPECT_DOUBLE_EQ(each[1], 24.0 / 25);
  EXPECT_DOUBLE_EQ(summary.min, each[2]);
  EXPECT_DOUBLE_EQ(summary.mean, (each[0] + each[1] + each[2]) / 3);
}

TEST(Compare, WhatIsNoVectorIsEqualToNothing) {
  constexpr float infinity = std::numeric_limits<float>::infinity(),
                  nan = std::numeric_limits<float>::quiet_NaN();
  for (const std::vector<float>& broken : Vectors{{0, 0}, {infinity, 1}, {nan, 1}, {-infinity, infinity}}) {
    const Vectors a{{1, 1}, broken}, b{{1, 1}, {1, 1}};
    EXPECT_EQ(compare(a, b).min, 0);
    EXPECT_DOUBLE_EQ(compare(a, b).mean, 0.5);
    EXPECT_EQ(compare(b, a).min, 0);
  }
}

}  // namespace
}  // namespace rkt
