#include "rkt/analyze.h"

#include <gtest/gtest.h>
#include <numeric>

#include "support/scratch.h"

namespace rkt {
namespace {

TEST(Analyze, PercentilesAreNearestRank) {
  std::vector<int> lengths(100);
  std::iota(lengths.rbegin(), lengths.rend(), 1);  // 100 … 1
  const LengthReport report = analyze_lengths(lengths, 1234);
  EXPECT_EQ(report.texts, 100);
  EXPECT_EQ(report.tokens, 5050);
  EXPECT_EQ(report.bytes, 1234);
  EXPECT_EQ(report.min, 1);
  EXPECT_EQ(report.p50, 50);
  EXPECT_EQ(report.p90, 90);
  EXPECT_EQ(report.p95, 95);
  EXPECT_EQ(report.p99, 99);
  EXPECT_EQ(report.max, 100);
  EXPECT_DOUBLE_EQ(report.mean, 50.5);
}

TEST(Analyze, StaticLengthsCountTheirWaste) {
  const std::vector<int> lengths{8, 8, 24, 40};
  const LengthReport report = analyze_lengths(lengths);
  ASSERT_EQ(report.lengths.size(), 3U);  // 16, 32, 64
  EXPECT_EQ(report.lengths[0].too_long, 2);
  EXPECT_DOUBLE_EQ(report.lengths[0].useful, 0.5);
  EXPECT_DOUBLE_EQ(report.lengths[0].useful_packed, 1.0);  // 8 + 8
  EXPECT_EQ(report.lengths[1].too_long, 1);
  EXPECT_DOUBLE_EQ(report.lengths[1].useful, 40.0 / 96);
  EXPECT_DOUBLE_EQ(report.lengths[1].useful_packed, 40.0 / 64);  // 24 + 8 | 8
  EXPECT_EQ(report.lengths[2].too_long, 0);
  EXPECT_DOUBLE_EQ(report.lengths[2].useful_packed, 80.0 / 128);
}

TEST(Analyze, NothingGivesAnEmptyReport) {
  const LengthReport report = analyze_lengths({});
  EXPECT_EQ(report.texts, 0);
  EXPECT_TRUE(report.lengths.empty());
}

TEST(Analyze, CountsTokensOfTexts) {
  const Tokenizer tokenizer = Tokenizer::open(RKT_MODEL_DIR);
  const std::vector<std::string> texts{"one two", ""};
  const LengthReport report = analyze_texts(tokenizer, texts);
  EXPECT_EQ(report.tokens, 4 + 2);
  EXPECT_EQ(report.bytes, 7);
  const std::vector<std::string> bad{"fine", "\xc3"};
  const Error error = test::error_of([&] { analyze_texts(tokenizer, bad); });
  EXPECT_EQ(error.code(), ErrorCode::utf8_invalid);
  EXPECT_NE(error.message().find("text 1"), std::string::npos);
}

}  // namespace
}  // namespace rkt
