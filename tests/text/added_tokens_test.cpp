#include "text/added_tokens.h"

#include <gtest/gtest.h>

#include "text/documents.h"

namespace rkt::text {
namespace {

/// "text|<3>token|text"
std::string pieces_of(const std::vector<Piece>& pieces, std::string_view text) {
  std::string result;
  for (const Piece& piece : pieces) {
    result += result.empty() ? "" : "|";
    if (piece.id) result += "<" + std::to_string(*piece.id) + ">";
    result += text.substr(piece.range.begin, piece.range.end - piece.range.begin);
  }
  return result;
}

AddedToken token(int32_t id, std::string content) {
  AddedToken result;
  result.id = id;
  result.content = std::move(content);
  result.normalized = false;
  return result;
}

std::string split(const std::vector<AddedToken>& tokens, std::string_view text) {
  AddedTokens added;
  for (const AddedToken& one : tokens) added.add(one, nullptr);
  return pieces_of(added.split_original(text), text);
}

TEST(AddedTokens, LeftmostThenLongest) {
  const std::vector<AddedToken> tokens{token(1, "ab"), token(2, "abcd"), token(3, "bcx")};
  EXPECT_EQ(split(tokens, "abcx abcd zab"), "<1>ab|cx |<2>abcd| z|<1>ab");
  EXPECT_EQ(split(tokens, "x"), "x");
  EXPECT_EQ(split(tokens, ""), "");
}

TEST(AddedTokens, SingleWordDoesNotTouchWordCharacters) {
  AddedToken one = token(1, "b");
  one.single_word = true;
  EXPECT_EQ(split({one}, "b ab b_ b-b éb b"), "<1>b| ab b_ |<1>b|-|<1>b| éb |<1>b");
}

TEST(AddedTokens, StripTakesWhiteSpace) {
  AddedToken left = token(1, "<l>"), right = token(2, "<r>");
  left.lstrip = true;
  right.rstrip = true;
  EXPECT_EQ(split({left, right}, "a  <l> b <r>\u3000\tc"), "a|<1>  <l>| b |<2><r>\u3000\t|c");
  EXPECT_EQ(split({left, right}, "<r>  <l>"), "<2><r>  |<1><l>");
  EXPECT_EQ(split({left, right}, " <l>"), "<1> <l>");
}

TEST(AddedTokens, WhiteSpaceTokenRepeatsWhatRstripTookAsTheReferenceDoes) {
  AddedToken right = token(1, "<r>");
  right.rstrip = true;
  EXPECT_EQ(split({right, token(2, " ")}, "<r>  b"), "<1><r>  |<2> |<2> |b");
}

TEST(AddedTokens, LstripStartsBehindWhatRstripTook) {
  AddedToken right = token(1, "<r>"), blank = token(2, " <l>");
  right.rstrip = true;
  blank.lstrip = true;
  EXPECT_EQ(split({right, blank}, "<r> <l>"), "<1><r> |<2><l>");
}

TEST(AddedTokens, WhiteSpaceWithRstripIsRefused) {
  const Json document = test::with_added_token(" \u3000", {{"rstrip", true}, {"normalized", false}});
  EXPECT_TRUE(
      test::refusal_of(document.dump()).starts_with("RKT-1009: added token \" \u3000\" is white space"));
}

TEST(AddedTokens, NormalizedOnesMatchTheNormalizedText) {
  const auto normalizer = bert_normalizer({});
  AddedToken one = token(1, "Éa");
  one.normalized = true;
  AddedTokens added;
  added.add(one, normalizer.get());
  EXPECT_EQ(pieces_of(added.split_original("ea Éa"), "ea Éa"), "ea Éa");
  EXPECT_EQ(pieces_of(added.split_normalized("xea ea"), "xea ea"), "x|<1>ea| |<1>ea");
}

TEST(AddedTokens, OneThatNormalizesToNothingNeverMatches) {
  const auto normalizer = bert_normalizer({});
  AddedToken one = token(1, "\u0301");
  one.normalized = true;
  AddedTokens added;
  added.add(one, normalizer.get());
  EXPECT_EQ(pieces_of(added.split_normalized("a\u0301"), "a\u0301"), "a\u0301");
}

TEST(AddedTokens, AreWordsOfTheirOwnSpelledAsInTheText) {
  const Tokenizer tokenizer = test::tokenizer_of(test::with_added_token("<x>", {{"lstrip", true}}));
  const Encoding e = tokenizer.encode("a  <X>b");
  EXPECT_EQ(e.ids, (std::vector<int32_t>{2, 5, 16, 6, 3}));
  EXPECT_EQ(e.tokens, (std::vector<std::string>{"[CLS]", "a", "  <x>", "b", "[SEP]"}));
  EXPECT_EQ(e.offsets[2], (ByteSpan{1, 6}));
  EXPECT_EQ(e.word_ids, (std::vector<int32_t>{-1, 0, 1, 2, -1}));
  EXPECT_EQ(e.special_tokens_mask, (std::vector<uint8_t>{1, 0, 0, 0, 1}));
}

}  // namespace
}  // namespace rkt::text
