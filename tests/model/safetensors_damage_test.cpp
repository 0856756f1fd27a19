#include "base/support.h"
#include "model/file_bytes.h"
#include "model/safetensors.h"

namespace rkt {
namespace {

struct Damage {
  const char* name;
  std::string header;
  std::string data;
  const char* message;  // part of it
};

/// One tensor "t" of 4 bytes with one field replaced.
std::string one(const char* dtype, const char* shape, const char* offsets) {
  return std::string(R"({"t":{"dtype":)") + dtype + R"(,"shape":)" + shape + R"(,"data_offsets":)" + offsets +
         "}}";
}

/// Two tensors of two F16 each, at the given offsets.
std::string two(const char* a, const char* b) {
  return std::string(R"({"a":{"dtype":"F16","shape":[2],"data_offsets":)") + a +
         R"(},"b":{"dtype":"F16","shape":[2],"data_offsets":)" + b + "}}";
}

const std::string four(4, 'x'), eight(8, 'x');

const Damage damages[] = {
    {"NotAnObject", "[1, 2, 3]", "", "does not start with '{'"},
    {"LeadingSpace", " {}", "", "does not start with '{'"},
    {"BrokenJson", R"({"t":)", "", "the header is damaged: not valid JSON at line 1"},
    {"NotUtf8", "{\"\xC3\x28\":1}", "", "not valid JSON"},
    {"TrailingGarbage", "{}x", "", "not valid JSON"},
    {"NulInThePadding", std::string("{}\0\0", 4), "", "not valid JSON at line 1, column 3"},
    {"TooDeep", R"({"t":)" + std::string(70, '[') + std::string(70, ']') + "}", "", "levels deep"},
    {"RepeatedName",
     R"({"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"t":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
     eight, "key 't' occurs twice"},
    {"RepeatedField", R"({"t":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}})", four,
     "occurs twice"},
    {"TensorIsNumber", R"({"t":4})", "", "found number where an object is expected"},
    {"NoType", R"({"t":{"shape":[1],"data_offsets":[0,4]}})", four, "'dtype' is missing"},
    {"NoShape", R"({"t":{"dtype":"F32","data_offsets":[0,4]}})", four, "'shape' is missing"},
    {"NoOffsets", R"({"t":{"dtype":"F32","shape":[1]}})", four, "'data_offsets' is missing"},
    {"TypeIsNumber", one("32", "[1]", "[0,4]"), four, "'dtype' is number"},
    {"UnknownType", one("\"F31\"", "[1]", "[0,4]"), four, "element type 'F31' is not read"},
    {"Double", one("\"F64\"", "[1]", "[0,8]"), eight,
     "element type 'F64' is not read; F32, F16 and BF16 are"},
    {"Float8", one("\"F8_E4M3\"", "[4]", "[0,4]"), four, "'F8_E4M3' is not read"},
    {"NegativeDimension", one("\"F32\"", "[-1]", "[0,4]"), four, "a dimension is -1"},
    {"FractionalDimension", one("\"F32\"", "[1.0]", "[0,4]"), four, "a dimension is 1.0"},
    {"TextDimension", one("\"F32\"", "[\"1\"]", "[0,4]"), four, "a dimension is string"},
    {"HugeDimension", one("\"F32\"", "[9223372036854775808]", "[0,4]"), four,
     "a dimension is 9223372036854775808"},
    {"LargerThan64Bits", one("\"F32\"", "[99999999999999999999]", "[0,4]"), four, "a dimension is 1e+20"},
    {"SizeOverflows", one("\"F32\"", "[4611686018427387904]", "[0,0]"), "", "too large for any file"},
    {"ProductOverflows", one("\"F32\"", "[4294967296,4294967296]", "[0,0]"), "", "too large for any file"},
    {"ProductOverflowsBeforeZero", one("\"F32\"", "[4294967296,4294967296,0]", "[0,0]"), "", "too large"},
    {"ShapeIsNumber", one("\"F32\"", "1", "[0,4]"), four, "'shape' is number"},
    {"NegativeOffset", one("\"F32\"", "[1]", "[-4,0]"), four, "an offset is -4"},
    {"OneOffset", one("\"F32\"", "[1]", "[4]"), four, "has 1 values, 2 are expected"},
    {"ThreeOffsets", one("\"F32\"", "[1]", "[0,4,8]"), four, "has 3 values"},
    {"BackwardOffsets", one("\"F32\"", "[1]", "[4,0]"), four, "[4, 0] do not span the 4 bytes of F32 [1]"},
    {"OffsetsTooFarApart", one("\"F32\"", "[1]", "[0,8]"), eight, "do not span the 4 bytes"},
    {"OffsetsTooClose", one("\"F32\"", "[2]", "[0,4]"), four, "do not span the 8 bytes"},
    {"IntegersAreCheckedToo", one("\"I64\"", "[1]", "[0,4]"), four, "do not span the 8 bytes of I64"},
    {"Hole", two("[0,4]", "[6,10]"), std::string(10, 'x'), "begins at byte 6 of the data; 4 is expected"},
    {"HoleAtTheStart", one("\"F32\"", "[1]", "[4,8]"), eight, "begins at byte 4 of the data; 0 is expected"},
    {"Overlap", two("[0,4]", "[2,6]"), std::string(6, 'x'), "begins at byte 2 of the data; 4 is expected"},
    {"SameBytesTwice", two("[0,4]", "[0,4]"), four, "begins at byte 0 of the data; 4 is expected"},
    {"DataCutOff", two("[0,4]", "[4,8]"), four, "the tensors take 8 bytes, the file holds 4"},
    {"DataLeftOver", two("[0,4]", "[4,8]"), eight + "x", "the tensors take 8 bytes, the file holds 9"},
    {"DataWithoutTensors", "{}", "x", "the tensors take 0 bytes, the file holds 1"},
    {"MetadataIsList", R"({"__metadata__":[]})", "", "'__metadata__' is array"},
    {"MetadataNotText", R"({"__metadata__":{"k":1}})", "", "'__metadata__' has number under 'k'"},
};

class SafetensorsDamage : public testing::TestWithParam<Damage> {};

TEST_P(SafetensorsDamage, IsFound) {
  const Damage& damage = GetParam();
  const std::string bytes = test::safetensors_bytes(damage.header, damage.data);
  EXPECT_RKT_ERROR("RKT-1006", damage.message,
                   Safetensors::parse(test::as_bytes(bytes), "model.safetensors"));
}

INSTANTIATE_TEST_SUITE_P(Every, SafetensorsDamage, testing::ValuesIn(damages),
                         [](const auto& damage) { return std::string(damage.param.name); });

std::string parse_error(const std::string& bytes) {
  return test::error_of([&] { Safetensors::parse(test::as_bytes(bytes), "x"); });
}

TEST(SafetensorsDamage, HeaderLength) {
  EXPECT_RKT_ERROR("RKT-1006", "0 bytes, at least 8 are expected", Safetensors::parse({}, "x"));
  EXPECT_TRUE(test::contains(parse_error("1234567"), "RKT-1006: 7 bytes, at least 8"));
  for (const uint64_t length :
       {uint64_t{3}, uint64_t{100'000'001}, uint64_t{1} << 63U, ~uint64_t{0}, ~uint64_t{7}})
    EXPECT_TRUE(test::contains(parse_error(test::safetensors_bytes("{}", "", length)),
                               "bytes by its own count; at most 2 are possible in a file of 10 bytes"))
        << length;
  EXPECT_TRUE(test::contains(parse_error(test::safetensors_bytes("{}", "", 0)), "does not start with '{'"));
}

TEST(SafetensorsDamage, LargestHeader) {
  const std::string spaces(100'000'000 - 2, ' ');
  EXPECT_EQ(parse_error(test::safetensors_bytes("{}" + spaces, "")), "nothing thrown");
  EXPECT_TRUE(test::contains(parse_error(test::safetensors_bytes("{} " + spaces, "")), "at most 100000000"));
}

TEST(SafetensorsDamage, EveryTruncationIsFound) {
  const std::string whole = test::safetensors_bytes(two("[0,4]", "[4,8]"), eight);
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_EQ(parse_error(whole.substr(0, size)).substr(0, 8), "RKT-1006") << size;
}

TEST(SafetensorsDamage, ALfsPointerIsNamed) {
  const test::TemporaryDirectory directory;
  const auto file =
      directory.write("model.safetensors", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n");
  EXPECT_RKT_ERROR("RKT-1006", "git lfs pull", Safetensors(file));
  EXPECT_RKT_ERROR("RKT-1006", "where: " + file.string(), Safetensors(file));
  EXPECT_RKT_ERROR("RKT-1001", "did you mean 'model.safetensors'?",
                   Safetensors(directory / "modle.safetensors"));
}

}  // namespace
}  // namespace rkt
