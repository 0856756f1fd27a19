#include "model/safetensors.h"

#include <cmath>
#include <cstdint>
#include <map>

#include "base/json.h"
#include "base/support.h"
#include "model/file_bytes.h"

namespace rkt {
namespace {

const std::filesystem::path golden = std::filesystem::path(RKT_SOURCE_DIR) / "tests/model/golden";

// Written by the safetensors package; values by torch (golden/make_goldens.py).
TEST(Safetensors, ReadsTheReferencesFile) {
  const Safetensors file(golden / "types.safetensors");
  const Json expected = read_json(golden / "types.json");
  EXPECT_EQ(file.tensors().size(), expected.size()) << "integer and boolean tensors are not listed";
  for (const auto& [name, values] : expected.items()) {
    const std::vector<float> actual = to_float(file.tensors().at(name));
    ASSERT_EQ(actual.size(), values.size()) << name;
    for (size_t i = 0; i < actual.size(); ++i) {
      const double value = std::stod(values[i].get<std::string>());
      EXPECT_EQ(static_cast<double>(actual[i]), value) << name << ' ' << i;
      EXPECT_EQ(std::signbit(actual[i]), std::signbit(value)) << name << ' ' << i;
    }
  }
  EXPECT_EQ(file.tensors().at("f16").shape, (Shape{3, 3}));
  EXPECT_EQ(file.tensors().at("bf16").shape, (Shape{1, 9}));
  EXPECT_EQ(file.tensors().at("scalar").shape, Shape{});
  EXPECT_EQ(file.tensors().at("empty").shape, (Shape{0, 4}));
  EXPECT_EQ(file.tensors().at("bf16").dtype, DType::bf16);
}

// The bytes of the reference implementation's own test of its writer (test_serialization).
TEST(Safetensors, ReadsTheReferencesBytes) {
  const std::string bytes = test::safetensors_bytes(
      R"({"attn.0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}})",
      std::string("\0\0\0\0\0\0\x80\x3f\0\0\0\x40\0\0\x40\x40\0\0\x80\x40\0\0\xa0\x40", 24));
  ASSERT_EQ(bytes[0], 64);
  const auto tensors = Safetensors::parse(test::as_bytes(bytes), "x");
  EXPECT_EQ(to_float(tensors.at("attn.0")), (std::vector<float>{0, 1, 2, 3, 4, 5}));
  EXPECT_TRUE(Safetensors::parse(test::as_bytes(test::safetensors_bytes("{}      ", "")), "x").empty());
}

TEST(Safetensors, ReadsAnyOrderOfTensors) {
  const std::string bytes = test::safetensors_bytes(
      R"({"b":{"dtype":"F16","shape":[1],"data_offsets":[4,6]},"__metadata__":{"format":"pt"},)"
      R"("a":{"dtype":"BF16","shape":[2,1],"data_offsets":[0,4]},)"
      R"("i":{"dtype":"I64","shape":[0],"data_offsets":[6,6]}})",
      std::string("\x80\x3f\x20\xc0\x00\x3c", 6));
  const auto tensors = Safetensors::parse(test::as_bytes(bytes), "x");
  EXPECT_EQ(to_float(tensors.at("a")), (std::vector<float>{1.0F, -2.5F}));
  EXPECT_EQ(to_float(tensors.at("b")), (std::vector<float>{1.0F}));
  EXPECT_FALSE(tensors.contains("i"));
}

TEST(Safetensors, ReadsTheRealModel) {
  const Safetensors file(std::filesystem::path(RKT_MODEL_DIR) / "model.safetensors");
  EXPECT_EQ(file.tensors().size(), 103U);
  EXPECT_FALSE(file.tensors().contains("embeddings.position_ids")) << "I64";
  EXPECT_EQ(file.tensors().at("embeddings.word_embeddings.weight").shape, (Shape{30522, 384}));
}

TEST(Safetensors, WritesWhatItReads) {
  const Safetensors source(golden / "types.safetensors");
  const test::TemporaryDirectory directory;
  write_safetensors(directory / "copy", source.tensors(), {{"format", "pt"}});
  const Safetensors copy(directory / "copy");
  ASSERT_EQ(copy.tensors().size(), source.tensors().size());
  for (const auto& [name, tensor] : source.tensors()) {
    const TensorView& other = copy.tensors().at(name);
    EXPECT_EQ(other.dtype, tensor.dtype);
    EXPECT_EQ(other.shape, tensor.shape);
    EXPECT_TRUE(std::equal(tensor.bytes.begin(), tensor.bytes.end(), other.bytes.begin(), other.bytes.end()));
    EXPECT_EQ(reinterpret_cast<uintptr_t>(other.bytes.data()) % size_of(other.dtype), 0U)
        << name << " unaligned";
  }
  EXPECT_RKT_ERROR("RKT-4008", "none/copy", write_safetensors(directory / "none/copy", {}));
}

TEST(Safetensors, WritesExactlyThis) {
  const float value = 1.5F;
  const test::TemporaryDirectory directory;
  write_safetensors(directory / "x", {{"t", {DType::f32, {1}, std::as_bytes(std::span(&value, 1))}}},
                    {{"k", "v"}});
  const std::string header =
      R"({"__metadata__":{"k":"v"},"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
  EXPECT_EQ(read_file(directory / "x"),
            test::safetensors_bytes(header + std::string((8 - header.size() % 8) % 8, ' '),
                                    std::string("\0\0\xc0\x3f", 4)));
}

}  // namespace
}  // namespace rkt
