#include "base/quote.h"

#include "base/support.h"

namespace rkt {
namespace {

TEST(Quote, ControlCharactersAreSpelledOut) {
  EXPECT_EQ(printable("plain, grün, 中"), "plain, grün, 中");
  EXPECT_EQ(printable("a\nb\tc\rd"), "a\\nb\\tc\\rd");
  EXPECT_EQ(printable("\x1b[2J\x7f"), "\\x1b[2J\\x7f");
  EXPECT_EQ(printable(std::string_view("\0", 1)), "\\x00");
  EXPECT_EQ(printable("\u009b2J\u0085"), "\\x9b2J\\x85") << "C1: some terminals obey these, too";
  EXPECT_EQ(printable("\u00a0"), "\u00a0");
  EXPECT_EQ(printable("a\x9b\xff"
                      "b\xc3"),
            "a\\x9b\\xffb\\xc3")
      << "not UTF-8";
  EXPECT_EQ(printable(printable("\n\x1b\xff")), printable("\n\x1b\xff"));
}

TEST(Quote, CutsBetweenCharacters) {
  EXPECT_EQ(shorten("abc", 3), "abc");
  EXPECT_EQ(shorten("abcd", 3), "abc…");
  EXPECT_EQ(shorten("aéé", 2), "a…");
  EXPECT_EQ(shorten("aéé", 3), "aé…");
  EXPECT_EQ(shorten("\x80\x80\x80", 2), "…");
}

TEST(Quote, ValuesAreShortAndEscaped) {
  EXPECT_EQ(quote("a\"b\n"), R"("a\"b\n")");
  EXPECT_EQ(quote(std::string(61, 'x')), '"' + std::string(60, 'x') + "…\"");
}

TEST(Error, QuotesNothingThatMovesTheCursorOrLooksLikeALine) {
  const Error error(ErrorCode::config_invalid, "model_type 'x\n  hint: rm -rf ~\x1b[1A'", "a\nb.json",
                    "c\rd");
  EXPECT_EQ(error.format(),
            "RKT-1004: model_type 'x\\n  hint: rm -rf ~\\x1b[1A'\n  where: a\\nb.json\n  hint:  c\\rd");
  EXPECT_EQ(error.message(), "model_type 'x\\n  hint: rm -rf ~\\x1b[1A'");
  EXPECT_STREQ(error.what(), "RKT-1004: model_type 'x\\n  hint: rm -rf ~\\x1b[1A'");
}

TEST(Error, HasAnEnd) {
  const std::string long_text(1U << 20U, 'x');
  EXPECT_LT(Error(ErrorCode::config_invalid, long_text, long_text, long_text).format().size(), 13'000U);
}

}  // namespace
}  // namespace rkt
