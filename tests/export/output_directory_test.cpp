#include "export/output_directory.h"

#include <gtest/gtest.h>

#include "support/scratch.h"

namespace rkt {
namespace {

namespace fs = std::filesystem;

const ModelDirectory& model() {
  static const ModelDirectory opened = ModelDirectory::open(RKT_MODEL_DIR);
  return opened;
}

const Weights& weights() {
  static const Weights opened(RKT_MODEL_DIR);
  return opened;
}

TEST(OutputDirectory, SplitWeightsAreTheSameWeights) {
  const TemporaryDirectory work;
  OutputDirectory output(work.path() / "out", model(), weights());
  output.add_model_files(model(), weights());
  output.commit("rknn/model.rknn",
                Json{{"target_platform", "rk3588"}, {"batch_size", 1}, {"max_seq_length", 8}});
  EXPECT_EQ(Weights(work.path() / "out").hash(), weights().hash());
  EXPECT_EQ(Weights(work.path() / "out").files().size(), 2U);
  const ModelDirectory written = ModelDirectory::open(work.path() / "out");
  EXPECT_EQ(written.pooling.mode, model().pooling.mode);
  EXPECT_EQ(written.pooling.normalize, model().pooling.normalize);
  EXPECT_EQ(written.max_seq_length, model().max_seq_length);
}

TEST(OutputDirectory, PoolingIsCopiedFromWhereModulesJsonPutsIt) {
  const TemporaryDirectory work;
  test::copy_model(work.path() / "in");
  fs::create_directories(work.path() / "in/head");
  fs::rename(work.path() / "in/1_Pooling", work.path() / "in/head/pool");
  std::string modules = read_file(work.path() / "in/modules.json");
  modules.replace(modules.find("1_Pooling"), 9, "head/pool");
  test::write(work.path() / "in/modules.json", modules);
  const ModelDirectory moved = ModelDirectory::open(work.path() / "in");
  OutputDirectory output(work.path() / "out", moved, weights());
  output.add_model_files(moved, weights());
  output.commit("x.rknn", Json{{"target_platform", "rk3588"}, {"batch_size", 1}, {"max_seq_length", 8}});
  EXPECT_EQ(ModelDirectory::open(work.path() / "out").pooling.mode, PoolingMode::mean);
}

TEST(OutputDirectory, AnotherModelIsRefusedAndLeftAlone) {
  const TemporaryDirectory work;
  const fs::path other = work.path() / "other";
  fs::create_directories(other);
  std::string changed = read_file(fs::path(RKT_MODEL_DIR) / "model.safetensors");
  changed.back() = static_cast<char>(changed.back() ^ 1);  // one bit of one weight
  test::write(other / "model.safetensors", changed);
  const Error error = test::error_of([&] { OutputDirectory(other, model(), weights()); });
  EXPECT_EQ(error.code(), ErrorCode::output_unwritable) << "RKT-4008";
  EXPECT_NE(error.message().find("holds another model"), std::string::npos);
  EXPECT_EQ(test::files_in(other), 1U);
}

TEST(OutputDirectory, EntriesThatAreThereAreKeptAndChecked) {
  const TemporaryDirectory work;
  const fs::path out = work.path() / "out";
  test::write(
      out / "config.json",
      R"({"rknn": {"old.rknn": {"target_platform": "rk3576", "batch_size": 1, "max_seq_length": 64}}})");
  {
    OutputDirectory output(out, model(), weights());
    EXPECT_TRUE(output.entries().contains("old.rknn"));
    output.add_model_files(model(), weights());
    output.commit("new.rknn", Json{{"target_platform", "rk3588"}, {"batch_size", 1}, {"max_seq_length", 8}});
  }
  EXPECT_EQ(read_json(out / "config.json").at("rknn").size(), 2U);

  test::write(out / "config.json", R"({"rknn": {"/etc/passwd": {"target_platform": null}}})");
  EXPECT_EQ(test::error_of([&] { OutputDirectory(out, model(), weights()); }).code(),
            ErrorCode::config_invalid);
}

TEST(OutputDirectory, NothingIsWrittenWithoutCommit) {
  const TemporaryDirectory work;
  {
    OutputDirectory output(work.path() / "a/b", model(), weights());
    output.add_model_files(model(), weights());
  }
  EXPECT_TRUE(fs::is_empty(work.path()));
}

}  // namespace
}  // namespace rkt
