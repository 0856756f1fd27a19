#include "text/post_processor.h"

#include <gtest/gtest.h>

#include "text/documents.h"

namespace rkt::text {
namespace {

using test::bert_document;
using test::tokenizer_of;
using test::with;

TEST(PostProcessor, PutsSpecialTokensAroundTexts) {
  const Encoding e = tokenizer_of(bert_document()).encode("a b");
  EXPECT_EQ(e.ids, (std::vector<int32_t>{2, 5, 6, 3}));
  EXPECT_EQ(e.type_ids, (std::vector<int32_t>{0, 0, 0, 0}));
  EXPECT_EQ(e.special_tokens_mask, (std::vector<uint8_t>{1, 0, 0, 1}));
  EXPECT_EQ(e.word_ids, (std::vector<int32_t>{-1, 0, 1, -1}));
}

TEST(PostProcessor, JoinsPairs) {
  const Encoding e = tokenizer_of(bert_document()).encode_pair("a", "b c");
  EXPECT_EQ(e.ids, (std::vector<int32_t>{2, 5, 3, 6, 7, 3}));
  EXPECT_EQ(e.type_ids, (std::vector<int32_t>{0, 0, 0, 1, 1, 1}));
  EXPECT_EQ(e.offsets[4], (ByteSpan{2, 3}));
  EXPECT_EQ(e.word_ids, (std::vector<int32_t>{-1, 0, -1, 0, 1, -1}));
}

TEST(PostProcessor, LeavesSpecialTokensOutOnRequest) {
  const Encoding e = tokenizer_of(bert_document()).encode_pair("a", "b", {SpecialTokens::omit, std::nullopt});
  EXPECT_EQ(e.ids, (std::vector<int32_t>{5, 6}));
  EXPECT_EQ(e.type_ids, (std::vector<int32_t>{0, 1}));
}

TEST(PostProcessor, BertProcessingIsTheSameTemplate) {
  const Json processing = {{"type", "BertProcessing"}, {"sep", {"[SEP]", 3}}, {"cls", {"[CLS]", 2}}};
  const Tokenizer bert = tokenizer_of(with(bert_document(), "/post_processor", processing));
  const Encoding expected = tokenizer_of(bert_document()).encode_pair("a", "b c"),
                 e = bert.encode_pair("a", "b c");
  EXPECT_EQ(e.ids, expected.ids);
  EXPECT_EQ(e.type_ids, expected.type_ids);
  EXPECT_EQ(bert.special_tokens_single(), 2);
}

TEST(PostProcessor, NoneAddsNothing) {
  const Tokenizer plain = tokenizer_of(with(bert_document(), "/post_processor", nullptr));
  EXPECT_EQ(plain.special_tokens_single(), 0);
  EXPECT_EQ(plain.encode("a").ids, (std::vector<int32_t>{5}));
  EXPECT_EQ(plain.encode_pair("a", "b").type_ids, (std::vector<int32_t>{0, 1}));
}

TEST(PostProcessor, CombinesTheWindowsOfAPairInTheReferencesOrder) {
  EncodeOptions options;
  options.truncation = Truncation{5, TruncationStrategy::longest_first, 0};
  const Encoding e = tokenizer_of(bert_document()).encode_pair("a b", "b c", options);
  std::vector<std::vector<int32_t>> windows;
  for (const Encoding& window : e.overflowing) windows.push_back(window.ids);
  EXPECT_EQ(e.ids, (std::vector<int32_t>{2, 5, 3, 6, 3}));
  EXPECT_EQ(windows, (std::vector<std::vector<int32_t>>{{2, 6, 3, 6, 3}, {2, 6, 3, 7, 3}, {2, 5, 3, 7, 3}}));
}

TEST(PostProcessor, RefusesToCombineWindowsBeyondTheMemory) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "a ";
  EncodeOptions options;
  options.truncation = Truncation{128, TruncationStrategy::longest_first, 0};
  const Tokenizer tokenizer = tokenizer_of(bert_document());
  EXPECT_EQ(tokenizer.encode(text, options).overflowing.size(), 158U);
  options.truncation->max_length = 16;
  EXPECT_TRUE(test::error_of([&] {
                tokenizer.encode_pair(text, text, options);
              }).starts_with("RKT-2004: both texts are cut, and their windows"));
}

}  // namespace
}  // namespace rkt::text
