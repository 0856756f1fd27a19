#include "cli/run_program.h"

namespace rkt::cli::test {
namespace {

const std::string model = RKT_MODEL_DIR;

/// The tokens of every text, without special ones, as one string.
std::string tokens(const std::vector<std::string>& arguments, const std::string& input = {}) {
  std::vector<std::string> all{"tokenize", "--model", model, "--no-special-tokens"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  const Outcome outcome = run(all, input);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  std::string text;
  for (const std::string& line : lines_of(outcome.out)) {
    const size_t begin = line.find("\"tokens\":") + 9;
    text += line.substr(begin, line.find(",\"offsets\"") - begin);
  }
  return text;
}

TEST(Input, StandardInputAndLineEnds) {
  EXPECT_EQ(tokens({"--input", "-"}, "a\nb\n"), R"(["a"]["b"])");
  EXPECT_EQ(tokens({"--input", "-"}, "a\nb"), R"(["a"]["b"])") << "no line break at the end";
  EXPECT_EQ(tokens({"--input", "-"}, "a\r\nb\r\n"), R"(["a"]["b"])");
  EXPECT_EQ(tokens({"--input", "-"}, "a\n\nb\n\n"), R"(["a"][]["b"][])") << "an empty line is a text";
  EXPECT_EQ(tokens({"--input", "-"},
                   "\xef\xbb\xbf"
                   "a\n"),
            R"(["a"])")
      << "byte order mark";
  EXPECT_EQ(tokens({"--input", "-"}, ""), "");
}

TEST(Input, LinesAcrossTheReadersBlocks) {
  const std::string word(200, 'x');
  std::string input;
  for (int i = 0; i < 5000; ++i) input += "a " + word + "\n";
  const Outcome outcome = run({"tokenize", "--model", model, "--input", "-"}, input);
  const auto lines = lines_of(outcome.out);
  ASSERT_EQ(lines.size(), 5000U);
  for (const std::string& line : lines) ASSERT_EQ(line, lines.front());
}

TEST(Input, JsonLinesGiveTheirText) {
  const TemporaryDirectory scratch;
  const std::string file = scratch.write(
      "texts.jsonl", "{\"id\": 1, \"text\": \"a\"}\n{\"text\": \"b\\nc\"}\r\n{\"text\": \"\"}\n");
  EXPECT_EQ(tokens({"--input", file}), R"(["a"]["b","c"][])");
}

TEST(Input, BadJsonLinesNameFileAndLine) {
  const TemporaryDirectory scratch;
  const std::string file = scratch.file("texts.jsonl");
  const std::string hint = "\n  hint:  a .jsonl file has one object a line: {\"text\": \"…\"}\n";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"{\"text\":", "RKT-2002: the line is not valid JSON at byte 9\n  where: " + file + ":2" + hint},
      {"", "RKT-2002: the line is not valid JSON at byte 1\n  where: " + file + ":2" + hint},
      {"[1]",
       "RKT-2002: the line is JSON of type array; an object was expected\n  where: " + file + ":2" + hint},
      {"{\"txt\": \"b\"}", "RKT-2002: the object has no \"text\"\n  where: " + file + ":2\n"},
      {"{\"text\": 1}",
       "RKT-2002: \"text\" is of type number; a string was expected\n  where: " + file + ":2\n"},
      {"{\"text\": \"\xff\"}", "RKT-2001: the line is not UTF-8 at byte 10\n  where: " + file +
                                   ":2\n  hint:  convert it to UTF-8 first\n"},
  };
  for (const auto& [line, message] : cases) {
    scratch.write("texts.jsonl", "{\"text\": \"a\"}\n" + line + "\n");
    const Outcome outcome = run({"tokenize", "--model", model, "--input", file});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.err, "error: " + message);
  }
}

TEST(Input, MissingFileHasNearMatches) {
  const TemporaryDirectory scratch;
  scratch.write("texts.txt", "a\n");
  const std::string typo = scratch.file("text.txt");
  for (const std::string command : {"tokenize", "embed", "analyze"}) {
    const Outcome outcome = run({command, "--model", model, "--input", typo});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.err, "error: RKT-1001: no such file or directory: '" + typo +
                               "'\n  hint:  did you mean 'texts.txt'?\n");
  }
}

TEST(Input, DirectoryCannotBeRead) {
  const TemporaryDirectory scratch;
  const std::string directory = scratch.file("");
  const Outcome outcome = run({"tokenize", "--model", model, "--input", directory});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err, "error: RKT-1002: cannot read '" + directory + "': Is a directory\n");
}

}  // namespace
}  // namespace rkt::cli::test
