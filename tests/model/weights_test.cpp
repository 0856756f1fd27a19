#include "model/weights.h"

#include "base/json.h"
#include "base/support.h"

namespace rkt {
namespace {

namespace fs = std::filesystem;
const fs::path golden = fs::path(RKT_SOURCE_DIR) / "tests/model/golden";
constexpr const char* words = "embeddings.word_embeddings.weight";

/// The golden sharded model in a directory that a test may change.
class Sharded : public testing::Test {
 protected:
  Sharded() { fs::copy(golden / "tiny_sharded", directory.path() / "model"); }

  fs::path path() const { return directory / "model"; }
  Json index() const { return read_json(path() / "model.safetensors.index.json"); }
  void set_index(const Json& json) const {
    directory.write("model/model.safetensors.index.json", json.dump());
  }

  const test::TemporaryDirectory directory;
};

TEST(Weights, RealModel) {
  const Weights weights(RKT_MODEL_DIR);
  EXPECT_EQ(weights.parameters(), 22'713'216);
  EXPECT_EQ(weights.files().size(), 1U);
  EXPECT_EQ(weights.tensor(words, {30522, 384}).dtype, DType::f32);
  EXPECT_FALSE(weights.tensors().contains("embeddings.position_ids"));
  EXPECT_EQ(weights.hash().size(), 64U);
}

TEST(Weights, OneFile) {
  const Weights weights(golden / "tiny");
  EXPECT_EQ(weights.parameters(), read_json(golden / "sums.json")["parameters"].get<int64_t>());
  EXPECT_EQ(weights.tensor("pooler.dense.bias", {8}).elements(), 8);
}

TEST(Weights, MissingOnesComeWithNearMatches) {
  const Weights weights(golden / "tiny");
  EXPECT_RKT_ERROR("RKT-1007", "did you mean 'pooler.dense.bias'", weights.tensor("pooler.dense.bais", {8}));
  EXPECT_RKT_ERROR("RKT-1007", "has 39 other tensors: is it of this model?",
                   weights.tensor("unlike.anything", {8}));
  EXPECT_RKT_ERROR("RKT-1007", "has shape [8]; [8, 8] is expected",
                   weights.tensor("pooler.dense.bias", {8, 8}));
}

TEST_F(Sharded, PrefixAndHeads) {
  const Weights weights(path());
  EXPECT_EQ(weights.files().size(), 2U);
  EXPECT_EQ(weights.parameters(), read_json(golden / "sums.json")["task_parameters"].get<int64_t>());
  EXPECT_EQ(weights.tensor(words, {11, 8}).elements(), 88);
  EXPECT_EQ(weights.tensor("classifier.weight", {2, 8}).elements(), 16) << "heads carry no prefix";
  EXPECT_EQ(weights.tensor("bert.pooler.dense.bias", {8}).elements(), 8) << "the full name is good too";
  EXPECT_RKT_ERROR("RKT-1007", "'bert.pooler.dense.bais'", weights.tensor("pooler.dense.bais", {8}));
  const Weights single(golden / "tiny");
  EXPECT_EQ(to_float(single.tensor(words, {11, 8})), to_float(weights.tensor(words, {11, 8})));
}

TEST_F(Sharded, HashIsOfTheTensorsNotTheFiles) {
  const Weights weights(path());
  std::map<std::string, TensorView> all;
  const Safetensors first(path() / "model-00001-of-00002.safetensors");
  const Safetensors second(path() / "model-00002-of-00002.safetensors");
  all.insert(first.tensors().begin(), first.tensors().end());
  all.insert(second.tensors().begin(), second.tensors().end());
  fs::create_directory(directory / "single");
  write_safetensors(directory / "single/model.safetensors", all);
  EXPECT_EQ(Weights(directory / "single").hash(), weights.hash());
  all.erase("classifier.bias");
  write_safetensors(directory / "single/model.safetensors", all);
  EXPECT_NE(Weights(directory / "single").hash(), weights.hash());
}

TEST_F(Sharded, AnAbsentFileMattersWhenItIsNeeded) {
  fs::remove(path() / "model-00002-of-00002.safetensors");
  const Weights weights(path());
  EXPECT_EQ(weights.tensor(words, {11, 8}).elements(), 88);
  EXPECT_RKT_ERROR("RKT-1007", "is in 'model-00002-of-00002.safetensors', which is not there",
                   weights.tensor("pooler.dense.bias", {8}));
}

TEST_F(Sharded, WithoutAnyFileThePrefixIsStillKnown) {
  fs::remove(path() / "model-00001-of-00002.safetensors");
  fs::remove(path() / "model-00002-of-00002.safetensors");
  EXPECT_RKT_ERROR("RKT-1007", "tensor 'bert.embeddings.word_embeddings.weight' is in 'model-00001",
                   Weights(path()).tensor(words, {11, 8}));
}

TEST_F(Sharded, ADamagedFileIsAnErrorAtOnce) {
  directory.write("model/model-00002-of-00002.safetensors", "short");
  EXPECT_RKT_ERROR("RKT-1006", "model-00002", Weights(path()));
}

TEST_F(Sharded, LinksToNothingAreErrors) {
  fs::remove(path() / "model-00002-of-00002.safetensors");
  fs::create_symlink("none", path() / "model-00002-of-00002.safetensors");
  EXPECT_RKT_ERROR("RKT-1002", "it is a link to 'none'", Weights(path()));
  fs::create_symlink("none", path() / "model.safetensors");
  EXPECT_RKT_ERROR("RKT-1002", "model.safetensors': it is a link to 'none'", Weights(path()));
}

TEST_F(Sharded, BadIndexes) {
  for (const char* file : {"../secret.safetensors", "/etc/passwd", "a/../../b", ""}) {
    Json json = index();
    json["weight_map"]["bert.pooler.dense.bias"] = file;
    set_index(json);
    EXPECT_RKT_ERROR("RKT-1006", "is not inside the model directory", Weights(path()));
  }
  set_index(parse_json(R"({"weight_map": {"a": 1}})", "x"));
  EXPECT_RKT_ERROR("RKT-1006", "'a' is number, a file name is expected", Weights(path()));
  set_index(parse_json(R"({"metadata": {}})", "x"));
  EXPECT_RKT_ERROR("RKT-1006", "'weight_map' is missing", Weights(path()));
  directory.write("model/model.safetensors.index.json", "{");
  EXPECT_RKT_ERROR("RKT-1003", "not valid JSON", Weights(path()));
}

TEST(Weights, NoFilesAtAll) {
  const test::TemporaryDirectory directory;
  EXPECT_RKT_ERROR("RKT-1001", "no model.safetensors and no model.safetensors.index.json",
                   Weights(directory.path()));
  directory.write("modle.safetensors", "");
  EXPECT_RKT_ERROR("RKT-1001", "did you mean 'modle.safetensors'?", Weights(directory.path()));
  directory.write("pytorch_model.bin", "");
  EXPECT_RKT_ERROR("RKT-1001", "pytorch_model.bin is there", Weights(directory.path()));
  EXPECT_RKT_ERROR("RKT-1001", "no such file or directory", Weights(directory / "none"));
}

}  // namespace
}  // namespace rkt
