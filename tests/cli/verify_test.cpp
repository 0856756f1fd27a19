#include <nlohmann/json.hpp>

#include "cli/run_program.h"
#include "support/golden.h"

namespace rkt::cli::test {
namespace {

using nlohmann::json;

/// The real model with a self-test of three texts, whose vectors come from sentence-transformers.
class Verify : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const auto& entry : fs::directory_iterator(RKT_MODEL_DIR))
      fs::create_symlink(entry.path(), directory.file(entry.path().filename().string()));
    const rkt::test::Golden golden = rkt::test::golden_embeddings();
    std::vector<std::string> arguments{"tokenize", "-m", RKT_MODEL_DIR};
    arguments.insert(arguments.end(), golden.texts.begin(), golden.texts.begin() + 3);
    const auto encodings = lines_of(run(arguments).out);
    for (size_t i = 0; i < 3; ++i)
      tests.push_back({{"text", golden.texts[i]},
                       {"ids", json::parse(encodings.at(i)).at("ids")},
                       {"vector", std::vector<float>(golden.row(i).begin(), golden.row(i).end())}});
  }

  Outcome verify(std::vector<std::string> flags = {}) {
    const json document{
        {"version", 1}, {"made_by", "sentence-transformers"}, {"max_seq_length", 256}, {"tests", tests}};
    directory.write("self_test.json", document.dump());
    flags.insert(flags.begin(), {"verify", directory.file("")});
    return run(flags);
  }

  TemporaryDirectory directory;
  json tests = json::array();
};

TEST_F(Verify, PlainModelHasNoSelfTest) {
  const Outcome outcome = run({"verify", RKT_MODEL_DIR});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err.find("error: RKT-1010: no self-test"), 0U) << outcome.err;
}

TEST_F(Verify, PassesWithItsFigures) {
  const Outcome outcome = verify({"--device", "cpu"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(
      outcome.out.find("passed: cosine min 1.000000, mean 1.000000 (0.9999 asked for) over 3 texts, 0 with "
                       "other token ids; 0 of 0 compiled files damaged; OpenVINO"),
      0U)
      << outcome.out;
}

TEST_F(Verify, ALineForEveryText) {
  const auto lines = lines_of(verify({"--verbose"}).out);
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[0], "  text    cosine");
  EXPECT_EQ(lines[3], "     2  1.000000");
}

TEST_F(Verify, DifferenceIsAFailureWithFigures) {
  for (auto& value : tests[1]["vector"]) value = -value.get<double>();
  const Outcome outcome = verify({"--device", "cpu"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err.find(
                "error: RKT-3004: cosine min -1.000000, mean 0.333333 (0.9999 asked for) over 3 texts, 0 "
                "with other token ids; 0 of 0 compiled files damaged\n  where: " +
                directory.file("") + ", OpenVINO"),
            0U)
      << outcome.err;
}

TEST_F(Verify, FailureForPrograms) {
  tests[0]["ids"][1] = 5;
  const Outcome outcome = verify({"--json", "--quiet"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err.find("error: RKT-3004: "), 0U) << outcome.err;
  const json report = json::parse(outcome.out);
  EXPECT_EQ(report.at("passed"), false);
  EXPECT_EQ(report.at("different_ids"), 1);
  EXPECT_EQ(report.at("texts"), 3);
  EXPECT_EQ(report.at("cosines").size(), 3U);
}

}  // namespace
}  // namespace rkt::cli::test
