#include "text/normalizer.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "base/support.h"

namespace rkt::text {
namespace {

/// Expected values are the reference's; offsets as slices of the original, one per normalized character.
struct Normalized {
  std::string text;
  std::vector<std::string> sources;
};

Normalized run(const Normalizer& normalizer, const std::string& original) {
  NormalizedText text = NormalizedText::identity(original, 0);
  normalizer.normalize(text);
  EXPECT_EQ(text.text.size(), text.origins.size());
  Normalized result{text.text, {}};
  for (size_t i = 0; i < text.text.size();) {
    const ByteSpan origin = text.origins[i];
    result.sources.push_back(original.substr(origin.begin, origin.end - origin.begin));
    next_code_point(text.text, i);
  }
  return result;
}

std::string bert(const BertNormalizerOptions& options, const std::string& original) {
  return run(*bert_normalizer(options), original).text;
}

TEST(BertNormalizer, LowersStripsAccentsAndCleans) {
  EXPECT_EQ(bert({}, "Él\tES\u00a0\x7f\u200dx"), "el es x");
  EXPECT_EQ(bert({}, "A中B"), "a 中 b");
  EXPECT_EQ(bert({}, "İ ẞ ΟΔΟΣ"), "i ß οδοσ");
  EXPECT_EQ(bert({}, ""), "");
}

TEST(BertNormalizer, EachOptionAlone) {
  BertNormalizerOptions options{false, false, false, false};
  EXPECT_EQ(bert(options, "É\t中\x01"), "É\t中\x01");
  options.clean_text = true;
  EXPECT_EQ(bert(options, "É\t中\x01"), "É 中");
  options = {false, true, false, false};
  EXPECT_EQ(bert(options, "É\t中"), "É\t 中 ");
  options = {false, false, true, false};
  EXPECT_EQ(bert(options, "É\t中"), "E\t中");
  options = {false, false, false, true};
  EXPECT_EQ(bert(options, "É\tİ"), "é\ti\u0307");
}

TEST(BertNormalizer, StripAccentsFollowsLowercaseUnlessItSaysOtherwise) {
  EXPECT_EQ(bert({true, true, std::nullopt, true}, "É"), "e");
  EXPECT_EQ(bert({true, true, std::nullopt, false}, "É"), "É");
  EXPECT_EQ(bert({true, true, false, true}, "É"), "é");
  EXPECT_EQ(bert({true, true, true, false}, "É"), "E");
}

TEST(BertNormalizer, CharactersKnowTheirSources) {
  const Normalized result = run(*bert_normalizer({}), "E\u0301\x01中é");
  EXPECT_EQ(result.text, "e 中 e");
  EXPECT_EQ(result.sources, (std::vector<std::string>{"E", "中", "中", "中", "é"}));
}

TEST(Nfd, SortsMarksAndDealsSourcesOutInTheOriginalOrder) {
  const Normalized result = run(*nfd_normalizer(), "é\u0323x");
  EXPECT_EQ(result.text, "e\u0323\u0301x");
  EXPECT_EQ(result.sources, (std::vector<std::string>{"é", "\u0323", "\u0323", "x"}));
}

TEST(Nfd, DecomposesHangulByArithmetic) {
  EXPECT_EQ(run(*nfd_normalizer(), "각가힣").text, "\u1100\u1161\u11a8\u1100\u1161\u1112\u1175\u11c2");
}

TEST(Nfd, LeavesMarksAfterTheLastStarterSorted) {
  EXPECT_EQ(run(*nfd_normalizer(), "\u0301\u0323\u0334").text, "\u0334\u0323\u0301");
}

TEST(StripAccents, DoesNotDecompose) {
  EXPECT_EQ(run(*strip_accents_normalizer(), "éé").text, "éé");
  EXPECT_EQ(run(*strip_accents_normalizer(), "e\u0301").text, "e");
}

TEST(NormalizerSequence, MayMakeATextLongerAgainAndAgain) {
  std::vector<std::unique_ptr<Normalizer>> steps;
  for (int i = 0; i < 4; ++i) steps.push_back(bert_normalizer({}));
  EXPECT_EQ(run(*normalizer_sequence(std::move(steps)), "中").text, "    中    ");
  EXPECT_EQ(test::error_of([] { check_normalized_size(UINT32_MAX); }), "nothing thrown");
  EXPECT_RKT_ERROR("RKT-2002", "4294967296 bytes when it is normalized; at most 4294967295",
                   check_normalized_size(size_t{1} << 32U));
}

TEST(NormalizerSequence, RunsInOrder) {
  std::vector<std::unique_ptr<Normalizer>> steps;
  steps.push_back(nfd_normalizer());
  steps.push_back(lowercase_normalizer());
  steps.push_back(strip_accents_normalizer());
  EXPECT_EQ(run(*normalizer_sequence(std::move(steps)), "ÉCOLE").text, "ecole");
}

}  // namespace
}  // namespace rkt::text
