#include "model/model_directory.h"

#include "base/support.h"

namespace rkt {
namespace {

namespace fs = std::filesystem;

constexpr const char* transformer = "sentence_transformers.models.Transformer";
constexpr const char* pooling = "sentence_transformers.models.Pooling";
constexpr const char* normalize = "sentence_transformers.models.Normalize";

/// A small model directory that a test may change.
class Directory : public testing::Test {
 protected:
  Directory() { files.write("config.json", R"({"model_type": "bert", "max_position_embeddings": 512})"); }

  void modules(std::initializer_list<std::pair<const char*, const char*>> list) const {
    Json json = Json::array();
    for (const auto& [type, path] : list) json.push_back({{"type", type}, {"path", path}});
    files.write("modules.json", json.dump());
  }
  ModelDirectory open() const { return ModelDirectory::open(files.path()); }

  const test::TemporaryDirectory files;
};

TEST(ModelDirectory, RealModel) {
  const ModelDirectory model = ModelDirectory::open(RKT_MODEL_DIR);
  EXPECT_EQ(model.config.hidden, 384);
  EXPECT_EQ(model.config.layers, 6);
  EXPECT_EQ(model.pooling.mode, PoolingMode::mean);
  EXPECT_TRUE(model.pooling.normalize);
  EXPECT_EQ(model.max_seq_length, 256) << "sentence_bert_config.json, not the tokenizer's 512";
  EXPECT_TRUE(model.rknn.empty());
  EXPECT_EQ(model.config_json["_name_or_path"], "nreimers/MiniLM-L6-H384-uncased");
}

TEST_F(Directory, PlainTransformersDefaults) {
  const ModelDirectory model = open();
  EXPECT_EQ(model.pooling.mode, PoolingMode::mean);
  EXPECT_FALSE(model.pooling.normalize);
  EXPECT_EQ(model.max_seq_length, 512);
}

TEST_F(Directory, NamesWhatIsMissing) {
  EXPECT_RKT_ERROR("RKT-1001", "no such file or directory", ModelDirectory::open(files / "none"));
  EXPECT_RKT_ERROR("RKT-1001", "is not a directory", ModelDirectory::open(files / "config.json"));
  fs::rename(files / "config.json", files / "confg.json");
  EXPECT_RKT_ERROR("RKT-1001", "did you mean 'confg.json'?", open());
  fs::remove(files / "confg.json");
  EXPECT_RKT_ERROR("RKT-1001", "as transformers' save_pretrained writes it", open());
  modules({{transformer, ""}, {pooling, "1_Pooling"}});
  files.write("1_pooling/config.json", "{}");
  EXPECT_RKT_ERROR("RKT-1001", "1_Pooling", open());
}

TEST_F(Directory, PoolingAndNormalize) {
  modules({{transformer, ""}, {pooling, "1_Pooling"}, {normalize, "2_Normalize"}});
  files.write("1_Pooling/config.json", R"({"pooling_mode_cls_token": true})");
  EXPECT_EQ(open().pooling.mode, PoolingMode::cls);
  EXPECT_TRUE(open().pooling.normalize) << "an old Normalize has no files";
  files.write("2_Normalize/config.json", R"({"module_input_name": "token_embeddings"})");
  EXPECT_RKT_ERROR("RKT-1009", "2_Normalize", open());
  modules({{transformer, ""}, {pooling, "1_Pooling"}});
  EXPECT_FALSE(open().pooling.normalize);
  files.write("1_Pooling/config.json", R"({"pooling_mode": ["cls", "mean"]})");
  EXPECT_RKT_ERROR("RKT-1009", "several pooling modes at once", open());
}

TEST_F(Directory, TransformerInASubfolder) {
  fs::remove(files / "config.json");
  modules({{transformer, "0_Transformer"}, {pooling, "1_Pooling"}});
  EXPECT_RKT_ERROR("RKT-1009", "the transformer is in '0_Transformer'", open());
}

TEST_F(Directory, MaxSeqLength) {
  const auto length = [&](const char* sentence, const char* tokenizer) {
    files.write("sentence_bert_config.json", sentence);
    files.write("tokenizer_config.json", tokenizer);
    return open().max_seq_length;
  };
  EXPECT_EQ(length(R"({"max_seq_length": 128})", R"({"model_max_length": 64})"), 128);
  EXPECT_EQ(length(R"({"max_seq_length": 1024})", "{}"), 512) << "no more than there are positions";
  EXPECT_EQ(length(R"({"max_seq_length": null})", R"({"model_max_length": 64})"), 64) << "newer releases";
  EXPECT_EQ(length("{}", R"({"model_max_length": 1000000000000000019884624838656})"), 512) << "no limit";
  EXPECT_EQ(length("{}", "{}"), 512);
  EXPECT_RKT_ERROR("RKT-1004", "'max_seq_length' is 0", length(R"({"max_seq_length": 0})", "{}"));
  EXPECT_RKT_ERROR("RKT-1004", "'model_max_length' is -1", length("{}", R"({"model_max_length": -1})"));
  EXPECT_RKT_ERROR("RKT-1004", "'model_max_length' is string", length("{}", R"({"model_max_length": "x"})"));
}

TEST_F(Directory, LowerCasing) {
  files.write("sentence_bert_config.json", R"({"do_lower_case": true})");
  open();
  files.write("tokenizer_config.json", R"({"do_lower_case": true})");
  open();
  files.write("tokenizer_config.json", R"({"do_lower_case": false})");
  EXPECT_RKT_ERROR("RKT-1009", "'do_lower_case' is true", open());
  files.write("sentence_bert_config.json", R"({"do_lower_case": false})");
  open();
}

TEST_F(Directory, FilesThatCannotBeReadAreNotAbsent) {
  for (const char* name : {"modules.json", "sentence_bert_config.json", "tokenizer_config.json"}) {
    fs::create_symlink("blobs/none", files / name);
    EXPECT_RKT_ERROR("RKT-1002", std::string(name) + "': it is a link to 'blobs/none'", open());
    fs::remove(files / name);
    fs::create_directory(files / name);
    EXPECT_RKT_ERROR("RKT-1002", std::string(name) + "': it is a directory", open());
    fs::remove(files / name);
  }
  fs::remove(files / "config.json");
  fs::create_symlink("blobs/none", files / "config.json");
  EXPECT_RKT_ERROR("RKT-1002", "it is a link to", open());
}

TEST_F(Directory, ErrorsOfItsFiles) {
  files.write("config.json", "{");
  EXPECT_RKT_ERROR("RKT-1003", "config.json", open());
  files.write("config.json", R"({"model_type": "llama"})");
  EXPECT_RKT_ERROR("RKT-1005", "config.json", open());
  files.write("config.json", R"({"model_type": "bert", "vocab_size": -1})");
  EXPECT_RKT_ERROR("RKT-1004", "config.json", open());
  files.write("config.json", R"({"model_type": "bert", "rknn": {"../a.rknn": {}}})");
  EXPECT_RKT_ERROR("RKT-1004", "is not inside the model directory", open());
  fs::remove(files / "config.json");
  fs::create_directory(files / "config.json");
  EXPECT_RKT_ERROR("RKT-1002", "it is a directory", open());
}

}  // namespace
}  // namespace rkt
