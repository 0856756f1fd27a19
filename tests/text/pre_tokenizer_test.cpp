#include "text/pre_tokenizer.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace rkt::text {
namespace {

using Words = std::vector<std::string>;

Words split(const PreTokenizer& pre_tokenizer, const std::string& original) {
  NormalizedText text = NormalizedText::identity(original, 0);
  std::vector<TextRange> ranges{{0, static_cast<uint32_t>(original.size())}};
  pre_tokenizer.split(text, ranges);
  Words words;
  for (const TextRange& range : ranges) words.emplace_back(text.view(range));
  return words;
}

TEST(BertPreTokenizer, DropsWhiteSpaceAndIsolatesPunctuation) {
  EXPECT_EQ(split(*bert_pre_tokenizer(), "Hey  friend!\tHow are\u3000you?!?"),
            (Words{"Hey", "friend", "!", "How", "are", "you", "?", "!", "?"}));
  EXPECT_EQ(split(*bert_pre_tokenizer(), "a$b、c"), (Words{"a", "$", "b", "、", "c"}));
  EXPECT_EQ(split(*bert_pre_tokenizer(), " \n "), Words{});
  EXPECT_EQ(split(*bert_pre_tokenizer(), ""), Words{});
}

TEST(WhitespacePreTokenizer, SeparatesWordCharactersFromOthers) {
  EXPECT_EQ(split(*whitespace_pre_tokenizer(), "Hey man!!_x ?a"),
            (Words{"Hey", "man", "!!", "_x", "?", "a"}));
}

TEST(WhitespaceSplitPreTokenizer, LooksAtWhiteSpaceOnly) {
  EXPECT_EQ(split(*whitespace_split_pre_tokenizer(), " a!b\u00a0c "), (Words{"a!b", "c"}));
}

TEST(PreTokenizerSequence, SplitsWhatTheOneBeforeLeft) {
  std::vector<std::unique_ptr<PreTokenizer>> steps;
  steps.push_back(whitespace_split_pre_tokenizer());
  steps.push_back(bert_pre_tokenizer());
  EXPECT_EQ(split(*pre_tokenizer_sequence(std::move(steps)), "a!b c"), (Words{"a", "!", "b", "c"}));
}

}  // namespace
}  // namespace rkt::text
