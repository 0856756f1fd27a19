#include "text/wordpiece.h"

#include <chrono>
#include <gtest/gtest.h>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace rkt::text {
namespace {

WordPiece model_of(const std::vector<std::string>& tokens, WordPiece::Options options = {}) {
  Vocabulary vocabulary;
  for (const std::string& token : tokens) vocabulary.add(token, static_cast<int32_t>(vocabulary.size()));
  return {std::move(vocabulary), options};
}

/// "un:0-2 ##able:2-6"
std::string tokens_of(const WordPiece& model, const std::string& word) {
  std::vector<Token> tokens;
  model.tokenize(word, tokens);
  std::string result;
  for (const Token& token : tokens) {
    EXPECT_EQ(*model.vocabulary().find(token.id), token.value);
    result += (result.empty() ? "" : " ") + std::string(token.value) + ":" + std::to_string(token.begin) +
              "-" + std::to_string(token.end);
  }
  return result;
}

TEST(WordPiece, TakesTheLongestFromTheLeft) {
  const WordPiece model = model_of({"[UNK]", "un", "una", "##believ", "##able", "##b", "##a", "é", "##中"});
  EXPECT_EQ(tokens_of(model, "unbelievable"), "un:0-2 ##believ:2-8 ##able:8-12");
  EXPECT_EQ(tokens_of(model, "unab"), "una:0-3 ##b:3-4");
  EXPECT_EQ(tokens_of(model, "é中"), "é:0-2 ##中:2-5");
}

TEST(WordPiece, ARestMakesTheWordUnknown) {
  const WordPiece model = model_of({"[UNK]", "un", "##a"});
  EXPECT_EQ(tokens_of(model, "unax"), "[UNK]:0-4");
  EXPECT_EQ(tokens_of(model, "x"), "[UNK]:0-1");
}

TEST(WordPiece, CountsCharactersNotBytes) {
  WordPiece::Options options;
  options.max_input_chars_per_word = 3;
  const WordPiece model = model_of({"[UNK]", "é", "##é"}, options);
  EXPECT_EQ(tokens_of(model, "ééé"), "é:0-2 ##é:2-4 ##é:4-6");
  EXPECT_EQ(tokens_of(model, "éééé"), "[UNK]:0-8");
}

TEST(WordPiece, PrefixMayBeEmpty) {
  WordPiece::Options options;
  options.continuing_subword_prefix = "";
  EXPECT_EQ(tokens_of(model_of({"[UNK]", "a", "b"}, options), "aba"), "a:0-1 b:1-2 a:2-3");
}

TEST(WordPiece, LongWordsAreLinear) {
  WordPiece::Options options;
  options.max_input_chars_per_word = UINT64_MAX;
  const WordPiece model = model_of({"[UNK]", "a", "##a", "##aaaab"}, options);
  const std::string word(1 << 20U, 'a');
  std::vector<Token> tokens;
  const auto start = std::chrono::steady_clock::now();
  model.tokenize(word, tokens);
  EXPECT_EQ(tokens.size(), word.size());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(WordPiece, ATextThatNearlyMatchesTheLongestTokenEverywhere) {
  WordPiece::Options options;
  options.max_input_chars_per_word = UINT64_MAX;
  const std::string longest = "##" + std::string(1021, 'a') + "b";
  const WordPiece model = model_of({"[UNK]", "a", "##a", longest}, options);
  std::vector<Token> tokens;
  model.tokenize(std::string(20'000, 'a'), tokens);
  EXPECT_EQ(tokens.size(), 20'000U);
  EXPECT_EQ(tokens_of(model, "a" + longest.substr(2)), "a:0-1 " + longest + ":1-1023");
}

// Each byte is the one whose edge Fibonacci hashing with a known factor would put nearest to the table's
// start: all in a 256th of it, which took 90 s.
TEST(Trie, NobodyCanChooseKeysThatCollide) {
  std::string key;
  for (uint64_t node = 0; node < 400'000; ++node) {
    const auto place = [&](unsigned byte) { return ((node << 8U) | byte) * 0x9E3779B97F4A7C15U; };
    unsigned best = 1;
    for (unsigned byte = 2; byte < 256; ++byte) best = place(byte) < place(best) ? byte : best;
    key += static_cast<char>(static_cast<unsigned char>(best));
  }
  const auto start = std::chrono::steady_clock::now();
  Trie trie;
  trie.insert(key, 1);
  EXPECT_EQ(trie.longest_match(key).length, key.size());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST(Trie, KeepsTheFirstValueAndFindsTheLongestKey) {
  Trie trie;
  trie.insert("ab", 1);
  trie.insert("abcd", 2);
  trie.insert("ab", 3);
  EXPECT_EQ(trie.longest_match("abcx").value, 1);
  EXPECT_EQ(trie.longest_match("abcdx").length, 4U);
  EXPECT_EQ(trie.longest_match("x").length, 0U);
  EXPECT_EQ(trie.longest_match("").length, 0U);
}

TEST(Trie, FindsAllOfManyKeys) {
  Trie trie;
  for (int32_t i = 0; i < 20000; ++i) trie.insert("k" + std::to_string(i) + ".", i);
  for (int32_t i = 0; i < 20000; ++i) EXPECT_EQ(trie.longest_match("k" + std::to_string(i) + ".x").value, i);
}

TEST(Vocabulary, MovesWithItsSpellingsAndIsNotCopied) {
  static_assert(!std::is_copy_constructible_v<Vocabulary> && !std::is_copy_assignable_v<Vocabulary>);
  Vocabulary vocabulary, other;
  vocabulary.add("short", 1);
  vocabulary.add(std::string(100, 'x'), 2);
  const std::string* before = vocabulary.find(1);
  Vocabulary moved = std::move(vocabulary);
  other.add("gone", 3);
  other = std::move(moved);
  EXPECT_EQ(other.find(1), before);
  EXPECT_EQ(*other.find(2), std::string(100, 'x'));
  EXPECT_EQ(other.find("gone"), nullptr);
  EXPECT_EQ(other.largest_id(), 2);
}

TEST(Vocabulary, RefusesSecondSpellingsAndIds) {
  Vocabulary vocabulary;
  EXPECT_TRUE(vocabulary.add("a", 7));
  EXPECT_FALSE(vocabulary.add("a", 8));
  EXPECT_FALSE(vocabulary.add("b", 7));
  EXPECT_EQ(vocabulary.size(), 1U);
  EXPECT_EQ(vocabulary.largest_id(), 7);
  EXPECT_EQ(vocabulary.find("b"), nullptr);
  EXPECT_EQ(vocabulary.find(8), nullptr);
}

}  // namespace
}  // namespace rkt::text
