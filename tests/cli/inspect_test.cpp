#include <nlohmann/json.hpp>

#include "cli/run_program.h"

namespace rkt::cli::test {
namespace {

TEST(Inspect, DirectoryForPeopleAndPrograms) {
  const Outcome people = run({"inspect", RKT_MODEL_DIR});
  EXPECT_EQ(people.status, 0) << people.err;
  EXPECT_NE(people.out.find("layers      6 of 384 units, 12 heads, feed-forward 1536\n"), std::string::npos);
  EXPECT_NE(people.out.find("tokens      256 at most, of 512 positions\n"), std::string::npos);
  const auto document = nlohmann::json::parse(run({"inspect", RKT_MODEL_DIR, "--json"}).out);
  EXPECT_EQ(document.at("model_type"), "bert");
  EXPECT_EQ(document.at("vocab_size"), 30522);
  EXPECT_EQ(document.at("pooling"), "mean");
  EXPECT_EQ(document.at("normalize"), true);
}

TEST(Inspect, FileThatIsNoRknn) {
  const TemporaryDirectory scratch;
  const Outcome outcome = run({"inspect", scratch.write("model.rknn", "not one at all, but long enough")});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err.find("error: RKT-3003: "), 0U) << outcome.err;
}

TEST(Env, LinesForAnIssueAndObjectForPrograms) {
  const Outcome people = run({"env"});
  EXPECT_EQ(people.status, 0) << people.err;
  const std::string head = "\nCopy-and-paste the text below in your GitHub issue:\n\n";
  ASSERT_EQ(people.out.find(head), 0U) << people.out;
  const auto lines = lines_of(people.out.substr(head.size()));
  for (const std::string& line : lines) {
    EXPECT_EQ(line.find("- "), 0U) << line;
    EXPECT_NE(line.find(": "), std::string::npos) << line;
  }
  const auto document = nlohmann::json::parse(run({"env", "--json"}).out);
  EXPECT_EQ(document.size(), lines.size());
  EXPECT_TRUE(document.at("operating_system").is_string());
}

}  // namespace
}  // namespace rkt::cli::test
