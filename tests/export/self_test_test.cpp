#include "export/self_test.h"

#include <gtest/gtest.h>

#include "support/scratch.h"

namespace rkt {
namespace {

SelfTest example() {
  return {16,
          "a test",
          {"one \"quoted\"", "zwei ü"},
          {{101, 7, 102}, {101, 102}},
          {{0.1F, -2.5e-8F}, {1.0F, 0.3F}}};
}

TEST(SelfTest, ReadsWhatItWrote) {
  const TemporaryDirectory work;
  write_self_test(work.path(), example());
  const SelfTest read = read_self_test(work.path());
  EXPECT_EQ(read.texts, example().texts);
  EXPECT_EQ(read.ids, example().ids);
  EXPECT_EQ(read.vectors, example().vectors);
  EXPECT_EQ(read.max_seq_length, 16);
  EXPECT_EQ(read.made_by, "a test");
}

TEST(SelfTest, MissingIsItsOwnError) {
  const TemporaryDirectory work;
  EXPECT_EQ(test::error_of([&] { read_self_test(work.path()); }).code(), ErrorCode::self_test_missing)
      << "RKT-1010";
}

TEST(SelfTest, DamageIsFound) {
  const char* const damaged[] = {
      R"({})",
      R"({"version": 2, "made_by": "", "max_seq_length": 9, "tests": []})",
      R"({"version": 1, "made_by": "", "max_seq_length": 9, "tests": []})",
      R"({"version": 1, "made_by": "", "max_seq_length": 0, "tests": [{"text": "a", "ids": [1], "vector": [1]}]})",
      R"({"version": 1, "made_by": "", "max_seq_length": 9, "tests": [{"text": "a", "ids": [1]}]})",
      R"({"version": 1, "made_by": "", "max_seq_length": 9, "tests": [{"text": 3, "ids": [1], "vector": [1]}]})",
      R"({"version": 1, "made_by": "", "max_seq_length": 9, "tests": [{"text": "a", "ids": "1", "vector": [1]}]})",
      R"({"version": 1, "made_by": "", "max_seq_length": 9, "tests": [{"text": "a", "ids": [], "vector": []}]})",
      R"({"version": 1, "made_by": "", "max_seq_length": 9, "tests": [{"text": "a", "ids": [], "vector": [1]}, {"text": "b", "ids": [], "vector": [1, 2]}]})",
  };
  for (const char* document : damaged) {
    const TemporaryDirectory work;
    test::write(work.path() / self_test_file, document);
    EXPECT_EQ(test::error_of([&] { read_self_test(work.path()); }).code(), ErrorCode::config_invalid)
        << document;
  }
}

TEST(SelfTest, BuiltInTextsAreThirty) {
  const std::vector<std::string> texts = built_in_self_test_texts();
  EXPECT_EQ(texts.size(), 30U);
  for (const std::string& text : texts) EXPECT_FALSE(text.empty());
}

}  // namespace
}  // namespace rkt
