/// Every output of Hugging Face tokenizers, made on the spot by reference.py, against ours.
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

#include "rkt/tokenizer.h"

#include "base/files.h"
#include "base/json.h"
#include "text/documents.h"
#include "text/normalizer.h"
#include "text/pre_tokenizer.h"

namespace rkt {
namespace {

namespace fs = std::filesystem;

constexpr int most_failures = 5;  // one is enough to see; thousands bury it

/// The directory that reference.py fills for one suite; gone with the object.
class Reference {
 public:
  explicit Reference(const std::string& suite)
      : directory_(fs::temp_directory_path() / ("rkt-text-" + suite + "-" + std::to_string(getpid()))) {
    fs::create_directories(directory_);
    const std::string command = std::string(RKT_PYTHON) + " " RKT_SOURCE_DIR "/tests/text/reference.py " +
                                suite + " " + directory_.string() + " " RKT_MODEL_DIR " " RKT_CORPUS_DIR;
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
  }
  Reference(const Reference&) = delete;
  Reference& operator=(const Reference&) = delete;
  ~Reference() { fs::remove_all(directory_); }

  const Tokenizer& tokenizer(const std::string& variant) {
    auto found = tokenizers_.find(variant);
    if (found == tokenizers_.end())
      found = tokenizers_.emplace(variant, Tokenizer::from_json(read_file(directory_ / (variant + ".json"))))
                  .first;
    return found->second;
  }

  /// Calls compare(case) for every line; returns how many.
  template <class Compare>
  int for_each_case(Compare compare) {
    std::ifstream lines(directory_ / "cases.jsonl");
    int count = 0, failed = 0;
    for (std::string line; failed < most_failures && std::getline(lines, line); ++count) {
      compare(parse_json(line, "case"));
      failed +=
          testing::Test::HasFailure() ? 1 : 0;  // once one has failed, a few more show whether it is alone
    }
    return count;
  }

 private:
  fs::path directory_;
  std::map<std::string, Tokenizer> tokenizers_;
};

Json fields(const Encoding& encoding) {
  Json offsets = Json::array();
  for (const ByteSpan& span : encoding.offsets) {
    offsets.push_back(span.begin);
    offsets.push_back(span.end);
  }
  return {{"ids", encoding.ids},           {"type_ids", encoding.type_ids},
          {"tokens", encoding.tokens},     {"offsets", offsets},
          {"word_ids", encoding.word_ids}, {"special_tokens_mask", encoding.special_tokens_mask}};
}

EncodeOptions options_of(const Json& example) {
  EncodeOptions options;
  options.special_tokens = example.at("special").get<bool>() ? SpecialTokens::add : SpecialTokens::omit;
  const Json& section = example.at("truncation");
  if (section.is_null()) return options;
  const std::map<std::string, TruncationStrategy> strategies{
      {"longest_first", TruncationStrategy::longest_first},
      {"only_first", TruncationStrategy::only_first},
      {"only_second", TruncationStrategy::only_second}};
  options.truncation =
      Truncation{section.at("max_length").get<int>(),
                 strategies.at(section.value("strategy", "longest_first")), section.at("stride").get<int>()};
  return options;
}

void compare_encoding(Reference& reference, const Json& example) {
  const Tokenizer& tokenizer = reference.tokenizer(example.at("variant").get<std::string>());
  const std::string text = example.at("text").get<std::string>();
  Encoding encoding;
  const std::string error = test::error_of([&] {
    encoding = example.at("pair").is_null()
                   ? tokenizer.encode(text, options_of(example))
                   : tokenizer.encode_pair(text, example.at("pair").get<std::string>(), options_of(example));
  });
  if (example.contains("error")) {
    EXPECT_TRUE(error.starts_with("RKT-2004")) << error << "\nreference: " << example.dump();
    return;
  }
  ASSERT_EQ(error, "nothing thrown") << example.dump();
  const Json& expected = example.at("encodings");
  Json found = Json::array({fields(encoding)});
  for (const Encoding& window : encoding.overflowing) found.push_back(fields(window));
  if (found == expected) return;
  const Json difference = Json::diff(expected, found);
  ADD_FAILURE() << example.at("variant") << " " << example.at("text").dump().substr(0, 300) << "\n"
                << difference.dump().substr(0, 1000);
}

int compare_suite(const std::string& suite) {
  Reference reference(suite);
  const int count =
      reference.for_each_case([&](const Json& example) { compare_encoding(reference, example); });
  testing::Test::RecordProperty("texts", count);
  std::cout << count << " encodings of suite " << suite << " compared\n";
  return count;
}

TEST(Parity, Corpus) {
  if (!fs::exists(RKT_CORPUS_DIR)) GTEST_SKIP() << "the corpus is not at " RKT_CORPUS_DIR;
  EXPECT_GE(compare_suite("corpus"), 4400);
}

TEST(Parity, HostileAndRandomTextsInEveryVariant) {
  EXPECT_GE(compare_suite("variants"), 20000);
}

TEST(Parity, PairsAndTruncation) {
  EXPECT_GE(compare_suite("pairs"), 1000);
}

std::string words_of(const text::PreTokenizer& pre_tokenizer, const std::string& original) {
  text::NormalizedText input = text::NormalizedText::identity(original, 0);
  std::vector<text::TextRange> ranges{{0, static_cast<uint32_t>(original.size())}};
  pre_tokenizer.split(input, ranges);
  std::string words;
  for (const text::TextRange& range : ranges) (words += input.view(range)) += '\0';
  if (!words.empty()) words.pop_back();
  return words;
}

TEST(Parity, EveryCodePoint) {
  Reference reference("code_points");
  std::vector<std::unique_ptr<text::Normalizer>> normalizers;
  for (const auto& [clean, accents, lower] : {std::array{true, true, true},
                                              {false, false, false},
                                              {false, true, false},
                                              {true, false, false},
                                              {false, false, true}})
    normalizers.push_back(text::bert_normalizer({clean, true, accents, lower}));
  normalizers.push_back(text::lowercase_normalizer());
  normalizers.push_back(text::nfd_normalizer());
  normalizers.push_back(text::strip_accents_normalizer());
  std::vector<std::unique_ptr<text::PreTokenizer>> pre_tokenizers;
  pre_tokenizers.push_back(text::bert_pre_tokenizer());
  pre_tokenizers.push_back(text::whitespace_pre_tokenizer());
  pre_tokenizers.push_back(text::whitespace_split_pre_tokenizer());

  int points = 0;
  reference.for_each_case([&](const Json& example) {
    const std::string text = example.at("text").get<std::string>();
    const std::string place = "code points from number " + std::to_string(points);
    points += example.at("points").get<int>();
    for (size_t i = 0; i < normalizers.size(); ++i) {
      text::NormalizedText normalized = text::NormalizedText::identity(text, 0);
      normalizers[i]->normalize(normalized);
      EXPECT_EQ(sha256(normalized.text), example.at("normalized").at(i)) << place << ", normalizer " << i;
    }
    for (size_t i = 0; i < pre_tokenizers.size(); ++i)
      EXPECT_EQ(sha256(words_of(*pre_tokenizers[i], text)), example.at("words").at(i))
          << place << ", pre-tokenizer " << i;
    const Encoding encoding = reference.tokenizer("real").encode(text);
    std::string numbers;
    const auto add = [&](auto number) { (numbers += std::to_string(number)) += '\0'; };
    for (const int32_t id : encoding.ids) add(id);
    for (const ByteSpan& span : encoding.offsets) add(span.begin), add(span.end);
    for (const int32_t word : encoding.word_ids) add(word);
    numbers.pop_back();
    EXPECT_EQ(sha256(numbers), example.at("encoded")) << place;
  });
  std::cout << points << " code points compared\n";
  EXPECT_EQ(points, 0x110000 - 0x800);
}

}  // namespace
}  // namespace rkt
