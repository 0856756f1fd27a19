// The logs in data/ are rknn-toolkit2 2.3.2's own, of all-MiniLM-L6-v2 in float16 at 128 tokens; lines that
// nobody reads are cut. The figures were counted from them by a separate script.
#include "export/toolkit/build_log.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

#include "base/files.h"

namespace rkt {
namespace {

std::string real_log(const std::string& name) {
  return read_file(RKT_SOURCE_DIR "/tests/toolkit/data/" + name + "_minilm_128.log");
}

struct Expected {
  const char* platform;
  int npu, cpu;
  int64_t cycles;
  double rw_kb, internal_kb, weight_kb;
};

class BuildLog : public ::testing::TestWithParam<Expected> {};

TEST_P(BuildLog, TotalsOfARealLog) {
  const Expected expected = GetParam();
  const BuildReport report = parse_build_log(real_log(expected.platform));
  EXPECT_EQ(report.npu_operators, expected.npu);
  EXPECT_EQ(report.cpu_operators, expected.cpu);
  EXPECT_EQ(report.operators.size(), static_cast<size_t>(expected.npu + expected.cpu));
  EXPECT_EQ(report.cycles, expected.cycles);
  EXPECT_EQ(report.rw_kb, expected.rw_kb);
  EXPECT_EQ(report.internal_kb, expected.internal_kb);
  EXPECT_EQ(report.weight_kb, expected.weight_kb);
  EXPECT_TRUE(report.warnings.empty()) << report.warnings.front();
}

INSTANTIATE_TEST_SUITE_P(Platforms, BuildLog,
                         ::testing::Values(Expected{"rk3588", 61, 0, 2654208, 33231, 1672.06, 20848.8},
                                           Expected{"rk3576", 61, 0, 4277766, 33231, 1192.06, 20980},
                                           Expected{"rk3562", 61, 0, 5341356, 33231, 1190.06, 20846.8},
                                           Expected{"rk3566", 79, 6, 11694894, 40533, 1734.31, 20846.8}),
                         [](const auto& test) { return std::string(test.param.platform); });

TEST(BuildLogRow, AllFields) {
  const BuildReport report = parse_build_log(real_log("rk3588"));
  const OperatorRow& row = report.operators.at(1);
  EXPECT_EQ(row.op_type, "Conv");
  EXPECT_EQ(row.dtype, "FLOAT16");
  EXPECT_EQ(row.target, OperatorTarget::npu);
  EXPECT_EQ(row.cycles, 110592);
  EXPECT_EQ(row.rw_kb, 964);
  EXPECT_EQ(row.name, "Conv:l0.qkv");
}

TEST(BuildLogRow, ColumnOfSparsityMayBeEmptyOrAPercentage) {
  const BuildReport report = parse_build_log(real_log("rk3576"));
  EXPECT_EQ(report.operators.at(0).name, "exNorm:ReduceMean_2_2ln");
  EXPECT_EQ(report.operators.at(0).rw_kb, 99);
  EXPECT_EQ(report.operators.at(1).name, "Conv:l0.qkv");
  EXPECT_EQ(report.operators.at(1).rw_kb, 964);
  EXPECT_EQ(report.operators.at(1).cycles, 171810);
}

TEST(BuildLogRow, OperatorsOnTheCpuAreNamed) {
  const BuildReport report = parse_build_log(real_log("rk3566"));
  std::vector<std::string> names;
  for (const OperatorRow& row : report.operators)
    if (row.target == OperatorTarget::cpu) names.push_back(row.name);
  EXPECT_EQ(names, (std::vector<std::string>{"exSoftmax13:l0.sm", "exSoftmax13:l1.sm", "exSoftmax13:l2.sm",
                                             "exSoftmax13:l3.sm", "exSoftmax13:l4.sm", "exSoftmax13:l5.sm"}));
}

TEST(BuildLogText, LastTableCounts) {
  const BuildReport report = parse_build_log(real_log("rk3566") + real_log("rk3588"));
  EXPECT_EQ(report.npu_operators, 61);
  EXPECT_EQ(report.cpu_operators, 0);
  EXPECT_EQ(report.weight_kb, 20848.8);
}

TEST(BuildLogText, EmptyAndForeignTextGiveAnEmptyReport) {
  for (const char* text :
       {"", "\n\n", "no table here", "D RKNN: [", "D RKNN: [x] 1 a b NPU", "\x1b[", "\x1b"}) {
    const BuildReport report = parse_build_log(text);
    EXPECT_TRUE(report.operators.empty()) << text;
    EXPECT_EQ(report.weight_kb, 0) << text;
  }
}

TEST(BuildLogText, HugeNumbersAreNoRows) {
  const BuildReport report = parse_build_log(
      "D RKNN: [x] 1 Conv FLOAT16 NPU (1) (1) 0/0/99999999999999999999 1 Conv:a\n"
      "D RKNN: [x] 2 Conv FLOAT16 NPU (1) (1) 0/0/9000000000000000000 1 Conv:b\n"
      "D RKNN: [x] 3 Conv FLOAT16 NPU (1) (1) 0/0/7 99999999999999999999 Conv:c\n"
      "D RKNN: [x] 4 Conv FLOAT16 NPU (1) (1) 0/0/7 5 Conv:d with spaces  \n"
      "D RKNN: [x] Total Weight Memory Size: nanKB\n");
  ASSERT_EQ(report.operators.size(), 1U);
  EXPECT_EQ(report.operators[0].name, "Conv:d with spaces");
  EXPECT_EQ(report.weight_kb, 0);
}

TEST(BuildLogText, EveryTruncationIsReadable) {
  const std::string log = real_log("rk3576");
  size_t rows = 0;
  for (size_t size = 0; size < log.size(); size += 97) {
    const size_t now = parse_build_log(std::string_view(log).substr(0, size)).operators.size();
    EXPECT_GE(now, rows);
    rows = now;
  }
}

TEST(BuildLogText, DamagedBytesDoNotCrash) {
  const std::string log = real_log("rk3566");
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    std::string damaged = log.substr(log.size() / 2);
    for (int i = 0; i < 500; ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
    EXPECT_LE(parse_build_log(damaged).operators.size(), 90U);
  }
}

TEST(BuildLogText, ErrorsAlthoughTheBuildWentOn) {
  const BuildReport report = parse_build_log(
      "\x1b[1;31mE\x1b[0m \x1b[1;31mrknn-toolkit2 version: 2.3.2\x1b[0m\n"
      "E RKNN: [01:18:39.011] Unkown op target: 0\nE RKNN: [01:18:39.011] Unkown op target: 0\n");
  EXPECT_EQ(report.warnings, std::vector<std::string>{"E RKNN: [01:18:39.011] Unkown op target: 0"});
}

TEST(BuildLogText, PlainTextAndLastLines) {
  EXPECT_EQ(plain_text("a\x1b[1;33mW\x1b[0m b\rc"), "aW b\nc");
  EXPECT_EQ(last_lines("a\n\nb\n  \nc\n", 2), "b\nc");
  EXPECT_EQ(last_lines("", 2), "");
}

}  // namespace
}  // namespace rkt
