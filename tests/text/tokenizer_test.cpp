#include "rkt/tokenizer.h"

#include <chrono>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "text/documents.h"

namespace rkt {
namespace {

using test::bert_document;
using test::error_of;
using test::tokenizer_of;

/// What the offsets cut out of the text, special tokens left out.
std::vector<std::string> slices(const Encoding& e, const std::string& text) {
  std::vector<std::string> result;
  for (size_t i = 0; i < e.size(); ++i)
    if (e.special_tokens_mask[i] == 0)
      result.push_back(text.substr(e.offsets[i].begin, e.offsets[i].end - e.offsets[i].begin));
  return result;
}

TEST(Tokenizer, OffsetsCutTheTokensOutOfTheText) {
  const Tokenizer tokenizer = tokenizer_of(bert_document());
  const std::string text = "Hello, Ünbelíevable\u0301!\u200d [MASK]";
  const Encoding e = tokenizer.encode(text);
  EXPECT_EQ(e.tokens, (std::vector<std::string>{"[CLS]", "hello", ",", "un", "##believ", "##able", "!",
                                                "[MASK]", "[SEP]"}));
  EXPECT_EQ(slices(e, text), (std::vector<std::string>{"Hello", ",", "Ün", "belíev", "able", "!", "[MASK]"}));
  EXPECT_EQ(e.word_ids, (std::vector<int32_t>{-1, 0, 1, 2, 2, 2, 3, 4, -1}));
}

TEST(Tokenizer, DroppedCharactersCountInsideATokenOnly) {
  const std::string text = "\u0301h\u0301ello\u0301 \u200ba";
  const Encoding e = tokenizer_of(bert_document()).encode(text);
  EXPECT_EQ(slices(e, text), (std::vector<std::string>{"h\u0301ello", "a"}));
}

TEST(Tokenizer, OffsetsOfAPairAreIntoTheirOwnText) {
  const Encoding e = tokenizer_of(bert_document()).encode_pair("a b", "c hello");
  EXPECT_EQ(e.offsets, (std::vector<ByteSpan>{{0, 0}, {0, 1}, {2, 3}, {0, 0}, {0, 1}, {2, 7}, {0, 0}}));
}

TEST(Tokenizer, EmptyTextsHaveSpecialTokensOnly) {
  const Tokenizer tokenizer = tokenizer_of(bert_document());
  EXPECT_EQ(tokenizer.encode("").ids, (std::vector<int32_t>{2, 3}));
  EXPECT_EQ(tokenizer.encode_pair("", "").ids, (std::vector<int32_t>{2, 3, 3}));
  EXPECT_EQ(tokenizer.encode("", {SpecialTokens::omit, std::nullopt}).size(), 0U);
}

TEST(Tokenizer, RefusesInvalidUtf8WithItsPosition) {
  const Tokenizer tokenizer = tokenizer_of(bert_document());
  EXPECT_TRUE(
      error_of([&] { tokenizer.encode("ab\xff"); }).starts_with("RKT-2001: the text is not UTF-8 at byte 2"));
  EXPECT_TRUE(error_of([&] {
                tokenizer.encode_pair("ab", "é\xc3");
              }).starts_with("RKT-2001: the second text is not UTF-8 at byte 2"));
  EXPECT_TRUE(error_of([&] { tokenizer.encode("\xed\xa0\x80"); }).starts_with("RKT-2001"));
}

TEST(Tokenizer, RefusesTruncationThatCannotBe) {
  const Tokenizer tokenizer = tokenizer_of(bert_document());
  const auto error = [&](Truncation truncation, SpecialTokens special = SpecialTokens::add) {
    return error_of([&] { tokenizer.encode("a b c", {special, truncation}); });
  };
  EXPECT_TRUE(error({1}).starts_with("RKT-2004: max_length 1 leaves no room for 2 special tokens"));
  EXPECT_TRUE(error({-1}).starts_with("RKT-2004: max_length -1 or stride 0 is negative"));
  EXPECT_TRUE(error({4, TruncationStrategy::longest_first, -1}).starts_with("RKT-2004"));
  EXPECT_TRUE(error({4, TruncationStrategy::longest_first, 3})
                  .starts_with("RKT-2004: a stride of 3 tokens does not fit"));
  EXPECT_TRUE(error({4, TruncationStrategy::longest_first, 2})
                  .starts_with("RKT-2004: a stride of 2 tokens does not fit"));
  EXPECT_TRUE(
      error({4, TruncationStrategy::only_second, 0}).starts_with("RKT-2004: 3 tokens are more than 2"));
  EXPECT_EQ(error({5}), "nothing thrown");
  EXPECT_EQ(error({2}), "nothing thrown");
  EXPECT_EQ(error({1}, SpecialTokens::omit), "nothing thrown");
}

TEST(Tokenizer, NeverTruncatesUnasked) {
  const Json section = {{"max_length", 3}, {"strategy", "LongestFirst"}, {"stride", 0}};
  EXPECT_EQ(tokenizer_of(test::with(bert_document(), "/truncation", section)).encode("a b c").size(), 5U);
}

TEST(Tokenizer, KnowsItsVocabulary) {
  const Tokenizer tokenizer = tokenizer_of(test::with_added_token("New", Json::object()));
  EXPECT_EQ(tokenizer.vocab_size(), 17);
  EXPECT_EQ(tokenizer.special_tokens_single(), 2);
  EXPECT_EQ(tokenizer.token_to_id("[MASK]"), 4);
  EXPECT_EQ(tokenizer.token_to_id("New"), 16);
  EXPECT_EQ(tokenizer.token_to_id("nothing"), std::nullopt);
  EXPECT_EQ(tokenizer.id_to_token(11), "##believ");
  EXPECT_EQ(tokenizer.id_to_token(16), "New");
  EXPECT_EQ(tokenizer.id_to_token(17), std::nullopt);
  EXPECT_EQ(tokenizer.id_to_token(-1), std::nullopt);
}

/// A megabyte of each kind of text that a careless tokenizer takes for ever for.
TEST(Tokenizer, LongHostileTextsAreLinear) {
  const Tokenizer tokenizer = tokenizer_of(test::with_added_token(
      "<x>", {{"lstrip", true}, {"rstrip", true}, {"single_word", true}, {"normalized", false}}));
  const auto repeated = [](const std::string& unit) {
    std::string text;
    while (text.size() < (1U << 20U)) text += unit;
    return text;
  };
  const auto start = std::chrono::steady_clock::now();
  for (const char* unit :
       {"a", "ab", " ", "!", "\u0301", "\u0323\u0301", "中", "<x>", "<x> ", "<x", "[MASK]", "각", "\u200b"})
    tokenizer.encode(repeated(unit));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
}

}  // namespace
}  // namespace rkt
