#include "text/truncation.h"

#include <gtest/gtest.h>
#include <numeric>

#include "text/documents.h"

namespace rkt::text {
namespace {

using test::error_of;

/// Tokens first, first + 1, …
Encoding numbers(int first, int count) {
  Encoding result;
  result.ids.resize(static_cast<size_t>(count));
  std::iota(result.ids.begin(), result.ids.end(), first);
  result.type_ids.resize(result.ids.size());
  result.tokens.resize(result.ids.size());
  result.offsets.resize(result.ids.size());
  result.word_ids.resize(result.ids.size());
  result.special_tokens_mask.resize(result.ids.size());
  return result;
}

/// "0 1 2 / 2 3 4 / 4 5"
std::string windows_of(const Encoding& encoding) {
  std::string result;
  const auto add = [&](const Encoding& one) {
    for (const int32_t id : one.ids) result += (result.empty() ? "" : " ") + std::to_string(id);
  };
  add(encoding);
  for (const Encoding& one : encoding.overflowing) {
    result += " /";
    add(one);
  }
  return result;
}

TEST(Truncate, CutsOneSequenceIntoWindowsThatShareTheStride) {
  Encoding e = numbers(0, 6);
  truncate(e, nullptr, {3, TruncationStrategy::longest_first, 1});
  EXPECT_EQ(windows_of(e), "0 1 2 / 2 3 4 / 4 5");
  e = numbers(0, 6);
  truncate(e, nullptr, {3, TruncationStrategy::only_first, 0});
  EXPECT_EQ(windows_of(e), "0 1 2 / 3 4 5");
  e = numbers(0, 3);
  truncate(e, nullptr, {3, TruncationStrategy::only_second, 2});
  EXPECT_EQ(windows_of(e), "0 1 2");
}

TEST(Truncate, LongestFirstSparesTheShorter) {
  Encoding first = numbers(0, 2), second = numbers(10, 6);
  truncate(first, &second, {5, TruncationStrategy::longest_first, 0});
  EXPECT_EQ(windows_of(first), "0 1");
  EXPECT_EQ(windows_of(second), "10 11 12 / 13 14 15");
  first = numbers(0, 6), second = numbers(10, 5);
  truncate(first, &second, {5, TruncationStrategy::longest_first, 0});
  EXPECT_EQ(first.size(), 3U);
  EXPECT_EQ(second.size(), 2U);
}

TEST(Truncate, OnlyOneOfThem) {
  Encoding first = numbers(0, 4), second = numbers(10, 4);
  truncate(first, &second, {6, TruncationStrategy::only_first, 0});
  EXPECT_EQ(windows_of(first), "0 1 / 2 3");
  EXPECT_EQ(windows_of(second), "10 11 12 13");
  first = numbers(0, 4);
  truncate(first, &second, {7, TruncationStrategy::only_second, 1});
  EXPECT_EQ(windows_of(second), "10 11 12 / 12 13");
}

TEST(Truncate, DropsTheWindowsThatNobodyWants) {
  for (const int length : {0, 3, 9}) {
    Encoding kept = numbers(0, 7), dropped = numbers(0, 7);
    truncate(kept, nullptr, {length, TruncationStrategy::longest_first, 1});
    truncate(dropped, nullptr, {length, TruncationStrategy::longest_first, 1, Overflowing::drop});
    EXPECT_EQ(dropped.ids, kept.ids);
    EXPECT_TRUE(dropped.overflowing.empty());
    EXPECT_EQ(kept.overflowing.empty(), length == 9);
  }
}

TEST(Truncate, ToNothingKeepsOneWindowWithAll) {
  Encoding e = numbers(0, 3);
  truncate(e, nullptr, {0, TruncationStrategy::only_second, 0});
  EXPECT_EQ(e.size(), 0U);
  ASSERT_EQ(e.overflowing.size(), 1U);
  EXPECT_EQ(e.overflowing[0].size(), 3U);
}

TEST(Truncate, SaysWhatIsImpossible) {
  Encoding first = numbers(0, 4), second = numbers(10, 4);
  EXPECT_EQ(
      error_of([&] {
        truncate(first, nullptr, {3, TruncationStrategy::only_second, 0});
      }),
      "RKT-2004: 4 tokens are more than 3, and there is no second text to shorten\n  where: truncation\n"
      "  hint:  use longest_first or only_first for single texts");
  EXPECT_TRUE(error_of([&] {
                truncate(first, &second, {4, TruncationStrategy::only_first, 0});
              }).starts_with("RKT-2004: the text to shorten has 4 tokens, but 4 must go to reach 4"));
  EXPECT_TRUE(error_of([&] {
                truncate(first, nullptr, {3, TruncationStrategy::longest_first, 3});
              }).starts_with("RKT-2004: a stride of 3 tokens does not fit windows of 3 tokens"));
}

TEST(Truncate, RefusesToFillTheMemory) {
  Encoding e = numbers(0, 400000);
  EXPECT_TRUE(error_of([&] {
                truncate(e, nullptr, {512, TruncationStrategy::longest_first, 511});
              }).starts_with("RKT-2004: 400000 tokens in windows of 512 that share 511"));
}

}  // namespace
}  // namespace rkt::text
