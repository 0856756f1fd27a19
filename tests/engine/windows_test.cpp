#include "engine/windows.h"

#include <gtest/gtest.h>

namespace rkt {
namespace {

TEST(Windows, EveryTokenAppearsOnce) {
  const Tokenizer tokenizer = Tokenizer::open(RKT_MODEL_DIR);
  const std::vector<std::string_view> texts{"one two three four five six seven", "one", ""};
  const Windows windows = encode_windows(tokenizer, texts, 5, Overflow::chunk);
  EXPECT_EQ(windows.count_of_text, (std::vector<int>{3, 1, 1}));
  EXPECT_EQ(windows.text_of, (std::vector<int>{0, 0, 0, 1, 2}));
  EXPECT_EQ(windows.tokens_per_text, (std::vector<int>{5 + 5 + 3, 3, 2}));
  std::vector<std::string> content;
  for (size_t w = 0; w < 3; ++w)
    for (size_t i = 1; i + 1 < windows.encodings[w]->size(); ++i)
      content.push_back(windows.encodings[w]->tokens[i]);
  EXPECT_EQ(content, (std::vector<std::string>{"one", "two", "three", "four", "five", "six", "seven"}));
}

TEST(Windows, TruncationKeepsTheFirst) {
  const Tokenizer tokenizer = Tokenizer::open(RKT_MODEL_DIR);
  const std::vector<std::string_view> texts{"one two three four"};
  const Windows windows = encode_windows(tokenizer, texts, 4, Overflow::truncate);
  ASSERT_EQ(windows.encodings.size(), 1U);
  EXPECT_EQ(windows.encodings[0]->tokens, (std::vector<std::string>{"[CLS]", "one", "two", "[SEP]"}));
}

TEST(Windows, TextWithoutTokensIsAnError) {
  const Tokenizer bare = Tokenizer::from_json(
      R"({"model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
          "max_input_chars_per_word": 9, "vocab": {"[UNK]": 0, "a": 1}}, "pre_tokenizer": {"type": "BertPreTokenizer"}})");
  const std::vector<std::string_view> texts{"a", ""};
  try {
    encode_windows(bare, texts, 8, Overflow::truncate);
    FAIL() << "an empty encoding would be pooled over nothing";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "RKT-2002: text 1 has no tokens");
  }
}

}  // namespace
}  // namespace rkt
