#include "rkt/inspect.h"

#include <gtest/gtest.h>

#include "support/scratch.h"

namespace rkt {
namespace {

TEST(Inspect, DescribesTheRealModel) {
  const ModelSummary summary = inspect_directory(RKT_MODEL_DIR);
  EXPECT_EQ(summary.model_type, "bert");
  EXPECT_EQ(summary.architectures, std::vector<std::string>{"BertModel"});
  EXPECT_EQ(summary.hidden, 384);
  EXPECT_EQ(summary.layers, 6);
  EXPECT_EQ(summary.parameters, 22'713'216);
  EXPECT_EQ(summary.pooling, "mean");
  EXPECT_TRUE(summary.normalize);
  EXPECT_EQ(summary.tokenizer, "WordPiece");
  EXPECT_EQ(summary.max_tokens, 256);
  EXPECT_FALSE(summary.self_test);
  EXPECT_TRUE(summary.compiled.empty());
}

TEST(Inspect, EntriesOfThePythonToolAreDescribed) {
  const TemporaryDirectory work;
  test::copy_model(work.path());
  std::string config = read_file(work.path() / "config.json");
  config.insert(
      config.find('{') + 1,
      R"("rknn": {"model.rknn": {"batch_size": 1, "max_seq_length": 512, "target_platform": "rk3576",
                   "quantization": {"do_quantization": true, "quantized_dtype": "w8a8"}, "optimization": {}},
                   "rknn/gone.rknn": {"batch_size": 4, "max_seq_length": 64, "target_platform": "rk3588",
                   "quantization": {"do_quantization": false, "quantized_dtype": "w8a8"}, "float_dtype": "float16"}},)");
  test::write(work.path() / "config.json", config);
  test::write(work.path() / "model.rknn", "RKNN and more");
  const ModelSummary summary = inspect_directory(work.path());
  ASSERT_EQ(summary.compiled.size(), 2U);
  EXPECT_TRUE(summary.compiled[0].exists);
  EXPECT_EQ(summary.compiled[0].dtype, "w8a8");
  EXPECT_EQ(summary.compiled[0].inputs, "ids");
  EXPECT_EQ(summary.compiled[0].sha256, sha256("RKNN and more"));
  EXPECT_FALSE(summary.compiled[1].exists);
  EXPECT_EQ(summary.compiled[1].dtype, "float16");
  EXPECT_EQ(summary.compiled[1].batch_size, 4);

  const CompiledFile alone = inspect_file(work.path() / "model.rknn");
  EXPECT_TRUE(alone.described);
  EXPECT_EQ(alone.platform, "rk3576");
}

TEST(Inspect, FileThatIsNotCompiledIsRefused) {
  const TemporaryDirectory work;
  for (const char* content : {"", "RKN", "version https://git-lfs.github.com/spec/v1"}) {
    test::write(work.path() / "model.rknn", content);
    EXPECT_EQ(test::error_of([&] { inspect_file(work.path() / "model.rknn"); }).code(),
              ErrorCode::artefact_mismatch)
        << "RKT-3003";
  }
}

TEST(Inspect, FileAloneHasNoDescription) {
  const TemporaryDirectory work;
  test::write(work.path() / "x.rknn", "RKNN....");
  const CompiledFile file = inspect_file(work.path() / "x.rknn");
  EXPECT_FALSE(file.described);
  EXPECT_EQ(file.bytes, 8);
}

}  // namespace
}  // namespace rkt
