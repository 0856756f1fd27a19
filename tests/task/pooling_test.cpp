#include "task/pooling.h"

#include <cmath>
#include <gtest/gtest.h>

namespace rkt {
namespace {

const std::vector<float> states{1, -2, 3, 4, 5, -9};  // three tokens of two dimensions

std::vector<float> pooled(PoolingMode mode) {
  std::vector<float> out(2);
  pool(states, mode, out);
  return out;
}

TEST(Pooling, ModesAreTheirDefinitions) {
  EXPECT_EQ(pooled(PoolingMode::cls), (std::vector<float>{1, -2}));
  EXPECT_FLOAT_EQ(pooled(PoolingMode::mean)[0], 3);
  EXPECT_FLOAT_EQ(pooled(PoolingMode::mean)[1], -7.0F / 3);
  EXPECT_EQ(pooled(PoolingMode::max), (std::vector<float>{5, 4}));
  EXPECT_FLOAT_EQ(pooled(PoolingMode::mean_sqrt_len)[0], 9 / std::sqrt(3.0F));
}

TEST(Pooling, ChunksOfAMeanAreTheMeanOfAllTokens) {
  std::vector<float> whole(2), part(2), joined(2);
  pool(states, PoolingMode::mean, whole);
  start_chunks(PoolingMode::mean, joined);
  pool(std::span(states).subspan(4), PoolingMode::mean, part);  // the order does not matter
  add_chunk(part, 1, 3, PoolingMode::mean, joined);
  pool(std::span(states).first(4), PoolingMode::mean, part);
  add_chunk(part, 2, 3, PoolingMode::mean, joined);
  EXPECT_FLOAT_EQ(joined[0], whole[0]);
  EXPECT_FLOAT_EQ(joined[1], whole[1]);
}

TEST(Pooling, ChunksOfAMaximumAreTheMaximum) {
  std::vector<float> joined(2);
  start_chunks(PoolingMode::max, joined);
  add_chunk(std::vector<float>{-3, -8}, 1, 2, PoolingMode::max, joined);
  add_chunk(std::vector<float>{-5, -1}, 1, 2, PoolingMode::max, joined);
  EXPECT_EQ(joined, (std::vector<float>{-3, -1}));
}

TEST(Normalize, GivesUnitLengthAndLeavesZeroAlone) {
  std::vector<float> vector{3, 4}, zero{0, 0};
  normalize(vector);
  normalize(zero);
  EXPECT_FLOAT_EQ(vector[0], 0.6F);
  EXPECT_FLOAT_EQ(vector[1], 0.8F);
  EXPECT_EQ(zero, (std::vector<float>{0, 0}));
}

}  // namespace
}  // namespace rkt
