#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "cli/run_program.h"
#include "tolerances.h"

namespace rkt::cli::test {
namespace {

const std::string model = RKT_MODEL_DIR;
using Rows = std::vector<std::vector<float>>;

Rows rows_of_json_lines(const std::string& text) {
  Rows rows;
  for (const std::string& line : lines_of(text))
    rows.push_back(nlohmann::json::parse(line).at("embedding").get<std::vector<float>>());
  return rows;
}

/// As NumPy reads it: magic, version, header length, header, data.
Rows rows_of_npy(const std::string& file, const std::string& shape) {
  const std::string bytes = content_of(file);
  EXPECT_EQ(bytes.substr(0, 8), std::string("\x93NUMPY\x01\x00", 8));
  const size_t header =
      static_cast<unsigned char>(bytes.at(8)) + 256U * static_cast<unsigned char>(bytes.at(9));
  EXPECT_EQ((10 + header) % 64, 0U);
  const std::string text = bytes.substr(10, header);
  EXPECT_EQ(text.find("{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }"), 0U) << text;
  EXPECT_EQ(text.back(), '\n');
  const size_t floats = (bytes.size() - 10 - header) / sizeof(float);
  EXPECT_EQ(floats % 384, 0U);
  std::vector<float> values(floats);
  bytes.copy(reinterpret_cast<char*>(values.data()), floats * sizeof(float), 10 + header);
  Rows rows;
  for (size_t i = 0; i + 384 <= floats; i += 384)
    rows.emplace_back(values.begin() + static_cast<ptrdiff_t>(i),
                      values.begin() + static_cast<ptrdiff_t>(i + 384));
  return rows;
}

float largest_difference(const Rows& a, const Rows& b) {
  EXPECT_EQ(a.size(), b.size());
  float largest = 0;
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    for (size_t j = 0; j < a[i].size(); ++j) largest = std::max(largest, std::abs(a[i][j] - b[i].at(j)));
  return largest;
}

TEST(Embed, NpyAndJsonLinesHoldTheSameVectors) {
  const TemporaryDirectory scratch;
  const std::string file = scratch.file("vectors.npy");
  const std::vector<std::string> common{"embed", "--model",      model, "--device",
                                        "cpu",   "a first text", "",    "and a third"};
  const Outcome lines = run(common);
  EXPECT_EQ(lines.status, 0) << lines.err;
  EXPECT_EQ(lines.err, "");
  std::vector<std::string> with_file = common;
  with_file.insert(with_file.end(), {"--output", file});
  const Outcome npy = run(with_file);
  EXPECT_EQ(npy.status, 0) << npy.err;
  EXPECT_EQ(npy.out, "");

  const Rows from_lines = rows_of_json_lines(lines.out), from_npy = rows_of_npy(file, "3, 384");
  ASSERT_EQ(from_lines.size(), 3U);
  EXPECT_LE(largest_difference(from_lines, from_npy), tolerance::same_engine_max_abs);
  for (const auto& row : from_lines)
    EXPECT_NEAR(std::inner_product(row.begin(), row.end(), row.begin(), 0.0), 1, tolerance::unit_length);
}

TEST(Embed, FormatOverrulesTheName) {
  const TemporaryDirectory scratch;
  EXPECT_EQ(run({"embed", "-m", model, "a", "--output", scratch.file("x.npy"), "--format", "jsonl"}).status,
            0);
  EXPECT_EQ(rows_of_json_lines(content_of(scratch.file("x.npy"))).size(), 1U);
  EXPECT_EQ(run({"embed", "-m", model, "a", "--output", scratch.file("x.bin"), "--format", "npy"}).status, 0);
  EXPECT_EQ(rows_of_npy(scratch.file("x.bin"), "1, 384").size(), 1U);
}

TEST(Embed, BlocksAndPackingDoNotChangeTheVectors) {
  const TemporaryDirectory scratch;
  std::string input;
  for (int i = 0; i < 2050; ++i)
    input += "text " + std::to_string(i % 7) + "\n";  // one block and two more texts
  const std::string file = scratch.write("texts.txt", input), plain = scratch.file("plain.npy"),
                    packed = scratch.file("packed.npy");
  EXPECT_EQ(run({"embed", "-m", model, "--input", file, "--output", plain}).status, 0);
  EXPECT_EQ(run({"embed", "-m", model, "--input", file, "--output", packed, "--packing"}).status, 0);
  const Rows rows = rows_of_npy(plain, "2050, 384");
  EXPECT_LE(largest_difference(rows, rows_of_npy(packed, "2050, 384")), tolerance::same_engine_max_abs);
  EXPECT_LE(largest_difference({rows[2048], rows[2049]}, {rows[2048 % 7], rows[2049 % 7]}),
            tolerance::same_engine_max_abs);
}

TEST(Embed, NoLinesGiveAnEmptyArray) {
  const TemporaryDirectory scratch;
  const std::string file = scratch.file("none.npy");
  EXPECT_EQ(run({"embed", "-m", model, "--input", "-", "--output", file}).status, 0);
  EXPECT_TRUE(rows_of_npy(file, "0, 384").empty());
}

TEST(Embed, TooLongTextNamesIndexTokensLimitAndLine) {
  const TemporaryDirectory scratch;
  const std::string input =
      scratch.write("texts.txt", repeated("short\n", 2100) + repeated("word ", 300) + "\n");
  const Outcome outcome =
      run({"embed", "-m", model, "--device", "cpu", "--input", input, "--output", scratch.file("v.npy")});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err, "error: RKT-2003: text 2100 has 302 tokens; the limit is 256\n  where: " + input +
                             ":2101\n  hint:  cut it (--overflow truncate) or split it (--overflow chunk)\n");
  EXPECT_EQ(scratch.names(), std::vector<std::string>{"texts.txt"}) << "nothing half-written stays";
}

TEST(Embed, OverflowAndMaximumLength) {
  const std::string text = repeated("word ", 300);
  for (const std::string overflow : {"truncate", "chunk"})
    EXPECT_EQ(run({"embed", "-m", model, text, "--overflow", overflow}).status, 0) << overflow;
  const Outcome outcome = run({"embed", "-m", model, "--quiet", "a", "--max-length", "2"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err.find("error: RKT-4009: "), 0U) << outcome.err;
}

TEST(Embed, InvalidUtf8LeavesTheOldFile) {
  const TemporaryDirectory scratch;
  const std::string output = scratch.write("v.npy", "old");
  const Outcome outcome =
      run({"embed", "-m", model, "--quiet", "--input", "-", "--output", output}, "a\n\xff\n");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err,
            "error: RKT-2001: text 1: the text is not UTF-8 at byte 0\n  where: stdin:2\n"
            "  hint:  convert it to UTF-8 first\n");
  EXPECT_EQ(content_of(output), "old");
  EXPECT_EQ(scratch.names(), std::vector<std::string>{"v.npy"});
}

TEST(Embed, AutoSaysWhatItTookAndQuietDoesNot) {
  EXPECT_EQ(run({"embed", "-m", model, "a"}).err.find("device: "), 0U);
  EXPECT_EQ(run({"embed", "-m", model, "a", "--quiet"}).err, "");
}

TEST(Embed, SummaryForPrograms) {
  const TemporaryDirectory scratch;
  const Outcome outcome =
      run({"embed", "-m", model, "a", "b", "--json", "--quiet", "--output", scratch.file("v.npy")});
  const auto summary = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(summary.at("texts"), 2);
  EXPECT_EQ(summary.at("dim"), 384);
  EXPECT_EQ(summary.at("tokens"), 6);
  EXPECT_GT(summary.at("seconds"), 0);
  EXPECT_GT(summary.at("tokens_per_second"), 0);
  EXPECT_NE(summary.at("device").get<std::string>().find("OpenVINO"), std::string::npos);
  EXPECT_EQ(summary.size(), 6U);
}

TEST(Embed, SimilarityTableIsAlignedAndShort) {
  const Outcome outcome = run({"embed", "-m", model, "--device", "cpu", "--similarity", "a cat", "a kitten",
                               repeated("long ", 40), "猫が好きです"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto lines = lines_of(outcome.out);
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[1].find("  1  a cat"), 0U);
  EXPECT_NE(lines[3].find("…"), std::string::npos);
  EXPECT_EQ(lines[0].size(), lines[1].size());
  EXPECT_EQ(lines[1].size(), lines[2].size());
  for (size_t i = 1; i <= 4; ++i) EXPECT_NE(lines[i].find("1.00"), std::string::npos);
}

TEST(Embed, SimilarityForPrograms) {
  const auto document = nlohmann::json::parse(
      run({"embed", "-m", model, "--similarity", "--json", "--quiet", "a cat", "a kitten", "a tax form"})
          .out);
  const auto cosines = document.at("cosines").get<std::vector<std::vector<double>>>();
  ASSERT_EQ(cosines.size(), 3U);
  EXPECT_NEAR(cosines[0][0], 1, tolerance::unit_length);
  EXPECT_GT(cosines[0][1], cosines[0][2]);
}

}  // namespace
}  // namespace rkt::cli::test
