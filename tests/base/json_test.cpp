#include "base/json.h"

#include <type_traits>

#include "base/support.h"

namespace rkt {
namespace {

std::string nested(int levels) {
  return std::string(static_cast<size_t>(levels), '[') + std::string(static_cast<size_t>(levels), ']');
}

TEST(Json, NamesLineAndColumn) {
  EXPECT_EQ(test::error_of([] { parse_json("{\n  \"a\": 1,\n  \"b\": ?\n}", "config.json"); }),
            "RKT-1003: not valid JSON at line 3, column 8\n  where: config.json\n"
            "  hint:  the file may be cut off: compare its size with the original");
  EXPECT_RKT_ERROR("RKT-1003", "line 1, column 1", parse_json("", "x"));
  EXPECT_RKT_ERROR("RKT-1003", "line 1, column 6", parse_json("[1, 2", "x"));
  EXPECT_RKT_ERROR("RKT-1003", "not valid JSON", parse_json("{} {}", "x"));
  EXPECT_RKT_ERROR("RKT-1003", "not valid JSON", parse_json("[1,]", "x"));
  EXPECT_RKT_ERROR("RKT-1003", "not valid JSON", parse_json("[NaN]", "x"));
  EXPECT_RKT_ERROR("RKT-1003", "not valid JSON", parse_json("\"\xC3\x28\"", "x"));
  EXPECT_RKT_ERROR("RKT-1003", "out of range at line 2", parse_json("[\n1e999]", "x"));
}

TEST(Json, ANulByteDoesNotEndTheText) {
  using namespace std::string_view_literals;
  EXPECT_RKT_ERROR("RKT-1003", "line 1, column 3", parse_json("{}\0"sv, "x"));
  EXPECT_RKT_ERROR("RKT-1003", "line 1, column 3", parse_json("{}\0 anything"sv, "x"));
  EXPECT_RKT_ERROR("RKT-1003", "line 1, column 4", parse_json("{\"a\0b\": 1}"sv, "x"));
}

TEST(Json, LimitsDepth) {
  EXPECT_EQ(parse_json(nested(64), "x").size(), 1U);
  EXPECT_RKT_ERROR("RKT-1003", "more than 64 levels deep", parse_json(nested(65), "x"));
  EXPECT_RKT_ERROR("RKT-1003", "more than 64 levels deep", parse_json(nested(1'000'000), "x"));
  EXPECT_RKT_ERROR("RKT-1003", "more than 64 levels deep", parse_json(std::string(1'000'000, '['), "x"));
}

TEST(Json, EqualsTheParsersOwnDocument) {
  const std::string text =
      R"({"z": [1, -2, 3.5, true, false, null, "gr\u00fc\u00df"], "a": {"b": {}, "a": []},
    "large": 18446744073709551615, "empty": "", "": 0, "nested": [[], [[1]], {"k": [{"z": 1, "y": 2}]}]})";
  const Json ours = parse_json(text, "x");
  EXPECT_EQ(ours.dump(), Json::parse(text).dump()) << "the authors' order is kept";
  for (const std::string scalar : {"1", "-1", "\"s\"", "null", "true", "1.5"})
    EXPECT_EQ(parse_json(scalar, "x"), Json::parse(scalar));
}

TEST(Json, RepeatedKeys) {
  EXPECT_EQ(parse_json(R"({"a": 1, "b": 2, "a": 3})", "x").dump(), R"({"a":3,"b":2})");
  EXPECT_EQ(parse_json(R"({"a": {"x": 1}, "a": [2]})", "x").dump(), R"({"a":[2]})");
  EXPECT_RKT_ERROR("RKT-1003", "key 'a' occurs twice",
                   parse_json(R"({"b": {"a": 1, "a": 1}})", "x", DuplicateKeys::refuse));
  EXPECT_EQ(parse_json(R"([{"a": 1}, {"a": 1}])", "x", DuplicateKeys::refuse).size(), 2U);
}

// That a vocabulary takes time in proportion to its size is no test: nothing but a clock could tell.
// json_parse.cpp says why it builds the document from events.

TEST(Json, FilesHaveALimit) {
  const test::TemporaryDirectory directory;
  directory.write("a.json", "[1, 2]");
  EXPECT_EQ(read_json(directory / "a.json", 6).size(), 2U);
  EXPECT_RKT_ERROR("RKT-1002", "6 bytes, at most 5 are expected", read_json(directory / "a.json", 5));
  std::filesystem::resize_file(directory / "a.json", (64U << 20U) + 1);
  EXPECT_RKT_ERROR("RKT-1002", "at most 67108864 are expected", read_json(directory / "a.json"));
}

TEST(JsonView, KeysMayHoldAnyByte) {
  using namespace std::string_literals;
  const Json json = parse_json(R"({"a\u0000b": {"c": 1}})", "x");
  const JsonView view(json, "x", ErrorCode::config_invalid);
  EXPECT_FALSE(view.has("a"));
  EXPECT_TRUE(view.has("a\0b"s));
  EXPECT_RKT_ERROR("RKT-1004", "where: x: a\\x00b", view.object("a\0b"s).string("c"));
}

TEST(JsonView, RefersToDocumentsThatOutliveIt) {
  static_assert(!std::is_constructible_v<JsonView, Json, std::string, ErrorCode>);
  static_assert(std::is_constructible_v<JsonView, const Json&, std::string, ErrorCode>);
}

TEST(JsonView, SaysWhatWasFoundAndExpected) {
  const Json json = parse_json(R"({"n": 5, "f": 1.5, "s": "text", "o": {"k": []}, "b": true, "null": null,
    "large": 18446744073709551615})",
                               "x");
  const JsonView view(json, "config.json", ErrorCode::config_invalid);
  EXPECT_EQ(view.integer("n", 0, 5), 5);
  EXPECT_EQ(view.integer_or("null", 7, 0, 9), 7);
  EXPECT_EQ(view.string_or("missing", "fallback"), "fallback");
  EXPECT_EQ(view.number_or("n", 0), 5.0);
  EXPECT_FALSE(view.has("null"));
  EXPECT_RKT_ERROR("RKT-1004", "'n' is 5, 6..9 is expected", view.integer("n", 6, 9));
  EXPECT_RKT_ERROR("RKT-1004", "'f' is 1.5, an integer is expected", view.integer("f", 0, 9));
  EXPECT_RKT_ERROR("RKT-1004", "'o' is object, an integer is expected", view.integer("o", 0, 9));
  EXPECT_RKT_ERROR("RKT-1004", "'large' is 18446744073709551615", view.integer("large", 0, INT64_MAX));
  EXPECT_RKT_ERROR("RKT-1004", "'none' is missing (a string expected)", view.string("none"));
  EXPECT_RKT_ERROR("RKT-1004", "'n' is number, a string is expected", view.string("n"));
  EXPECT_RKT_ERROR("RKT-1004", "'n' is number, true or false is expected", view.boolean("n"));
  EXPECT_RKT_ERROR("RKT-1004", "'o' is object, an array is expected", view.array("o"));
  EXPECT_RKT_ERROR("RKT-1004", "'b' is boolean, a number is expected", view.number_or("b", 0));
  EXPECT_RKT_ERROR("RKT-1004", "where: config.json: o", view.object("o").string("k"));
  EXPECT_RKT_ERROR("RKT-1004", "found string where an object is expected", view.object("s"));
}

}  // namespace
}  // namespace rkt
