#include <nlohmann/json.hpp>

#include "cli/run_program.h"

namespace rkt::cli::test {
namespace {

const std::string model = RKT_MODEL_DIR;

/// 3, 4 and 22 tokens with the two special ones.
const std::string texts = "word\nword word\n" + repeated("word ", 20) + "\n";

TEST(Analyze, ReportForPrograms) {
  const Outcome outcome = run({"analyze", "-m", model, "--input", "-", "--json"}, texts);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto report = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(report.at("texts"), 3);
  EXPECT_EQ(report.at("tokens"), 29);
  EXPECT_EQ(report.at("bytes"), texts.size() - 3);
  EXPECT_EQ(report.at("min"), 3);
  EXPECT_EQ(report.at("p50"), 4);
  EXPECT_EQ(report.at("max"), 22);
  ASSERT_EQ(report.at("lengths").size(), 2U);
  EXPECT_EQ(report["lengths"][0].at("length"), 16);
  EXPECT_EQ(report["lengths"][0].at("too_long"), 1);
  EXPECT_DOUBLE_EQ(report["lengths"][1].at("useful").get<double>(), 29.0 / 96);
  EXPECT_DOUBLE_EQ(report["lengths"][1].at("useful_packed").get<double>(), 29.0 / 32);
  int64_t counted = 0;
  for (const auto& bin : report.at("histogram")) counted += bin.at("texts").get<int64_t>();
  EXPECT_EQ(counted, 3);
}

TEST(Analyze, ReportForPeople) {
  const Outcome outcome = run({"analyze", "-m", model, "--input", "-"}, texts);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("per text     min 3, mean 9.7, max 22\n"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("percentiles  50 %: 4, 90 %: 22, 95 %: 22, 99 %: 22\n"), std::string::npos);
  EXPECT_NE(outcome.out.find("  21-22  1  ####"), std::string::npos);
  EXPECT_NE(outcome.out.find("      32               0  30.2 %         90.6 %\n"), std::string::npos);
}

TEST(Analyze, NoTexts) {
  const Outcome outcome = run({"analyze", "-m", model, "--input", "-"}, "");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out.find("texts        0\n"), 0U) << outcome.out;
}

TEST(Analyze, InvalidUtf8NamesItsLine) {
  const Outcome outcome = run({"analyze", "-m", model, "--input", "-"}, "a\nb\xff\n");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err,
            "error: RKT-2001: text 1: the text is not UTF-8 at byte 1\n  where: stdin:2\n"
            "  hint:  convert it to UTF-8 first\n");
}

}  // namespace
}  // namespace rkt::cli::test
