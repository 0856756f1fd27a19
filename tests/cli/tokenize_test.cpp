#include <nlohmann/json.hpp>

#include "cli/run_program.h"

namespace rkt::cli::test {
namespace {

const std::string model = RKT_MODEL_DIR;

TEST(Tokenize, OneLineATextInTheContractsForm) {
  const Outcome outcome = run({"tokenize", "--model", model, "Hello, world!", ""});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.out,
            R"({"ids":[101,7592,1010,2088,999,102],"tokens":["[CLS]","hello",",","world","!","[SEP]"],)"
            R"("offsets":[[0,0],[0,5],[5,6],[7,12],[12,13],[0,0]]})"
            "\n"
            R"({"ids":[101,102],"tokens":["[CLS]","[SEP]"],"offsets":[[0,0],[0,0]]})"
            "\n");
}

TEST(Tokenize, TextsAreTakenAsTheyAre) {
  const Outcome outcome =
      run({"tokenize", "-m", model, "--no-special-tokens", "[a,b]", "verify", "--", "-m", "--"});
  const auto lines = lines_of(outcome.out);
  ASSERT_EQ(lines.size(), 4U) << outcome.err;
  EXPECT_NE(lines[0].find(R"("tokens":["[","a",",","b","]"])"), std::string::npos) << lines[0];
  EXPECT_NE(lines[1].find(R"("tokens":["verify"])"), std::string::npos) << lines[1];
  EXPECT_NE(lines[2].find(R"("tokens":["-","m"])"), std::string::npos) << lines[2];
  EXPECT_NE(lines[3].find(R"("tokens":["-","-"])"), std::string::npos) << lines[3];
}

TEST(Tokenize, PairsTellTheirSequences) {
  const Outcome outcome = run({"tokenize", "-m", model, "a question", "--pair", "an answer"});
  EXPECT_EQ(
      outcome.out,
      R"({"ids":[101,1037,3160,102,2019,3437,102],"tokens":["[CLS]","a","question","[SEP]","an","answer","[SEP]"],)"
      R"("offsets":[[0,0],[0,1],[2,10],[0,0],[0,2],[3,9],[0,0]],"type_ids":[0,0,0,0,1,1,1]})"
      "\n");
}

TEST(Tokenize, TruncationKeepsTheWindows) {
  const Outcome outcome =
      run({"tokenize", "-m", model, "one two three four", "--max-length", "5", "--stride", "1"});
  const auto first = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(first.at("tokens"), (std::vector<std::string>{"[CLS]", "one", "two", "three", "[SEP]"}));
  ASSERT_EQ(first.at("overflowing").size(), 1U);
  EXPECT_EQ(first["overflowing"][0].at("tokens"),
            (std::vector<std::string>{"[CLS]", "three", "four", "[SEP]"}));
}

TEST(Tokenize, TruncationStrategies) {
  const auto tokens = [](const std::string& strategy) {
    const Outcome outcome = run({"tokenize", "-m", model, "one two three", "--pair", "four five six",
                                 "--max-length", "7", "--truncation", strategy});
    return nlohmann::json::parse(outcome.out).at("tokens").get<std::vector<std::string>>();
  };
  using Tokens = std::vector<std::string>;
  EXPECT_EQ(tokens("longest_first"), (Tokens{"[CLS]", "one", "two", "[SEP]", "four", "five", "[SEP]"}));
  EXPECT_EQ(tokens("only_first"), (Tokens{"[CLS]", "one", "[SEP]", "four", "five", "six", "[SEP]"}));
  EXPECT_EQ(tokens("only_second"), (Tokens{"[CLS]", "one", "two", "three", "[SEP]", "four", "[SEP]"}));
}

TEST(Tokenize, InvalidUtf8NamesFileAndLine) {
  const TemporaryDirectory scratch;
  const std::string input = scratch.write("texts.txt", "fine\nalso\nbad \xff byte\n");
  const Outcome outcome =
      run({"tokenize", "-m", model, "--input", input, "--output", scratch.file("ids.jsonl")});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err, "error: RKT-2001: text 2: the text is not UTF-8 at byte 4\n  where: " + input +
                             ":3\n  hint:  convert it to UTF-8 first\n");
  EXPECT_EQ(scratch.names(), std::vector<std::string>{"texts.txt"});
}

TEST(Tokenize, ImpossibleTruncation) {
  const Outcome outcome = run({"tokenize", "-m", model, "a", "--max-length", "1"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err.find("error: RKT-2004: text 0: "), 0U) << outcome.err;
}

}  // namespace
}  // namespace rkt::cli::test
