#include "model/rknn_entries.h"

#include "base/support.h"

namespace rkt {
namespace {

// As rk-transformers 0.3.1 wrote it.
constexpr const char* python_entry = R"({"rknn": {"rknn/model_b1_s128_o3.rknn": {
  "batch_size": 1, "custom_string": null, "dynamic_input": null, "float_dtype": "float16", "inputs_yuv_fmt": null,
  "max_seq_length": 128, "mean_values": null, "model_input_names": ["input_ids", "attention_mask"], "opset": 19,
  "optimization": {"compress_weight": false, "enable_flash_attention": false, "model_pruning": false,
    "optimization_level": 3, "remove_reshape": false, "remove_weight": false, "sparse_infer": false},
  "quantization": {"auto_hybrid_cos_thresh": 0.98, "auto_hybrid_euc_thresh": null, "dataset_columns": null,
    "dataset_name": null, "dataset_size": 128, "dataset_split": null, "dataset_subset": null,
    "do_quantization": false, "quant_img_RGB2BGR": false, "quantized_algorithm": "normal", "quantized_dtype": "w8a8",
    "quantized_hybrid_level": 0, "quantized_method": "channel"},
  "rktransformers_version": "0.3.1", "single_core_mode": false, "std_values": null, "target_platform": "rk3588",
  "task": "feature-extraction", "task_kwargs": null}}})";

Json entry_with(const char* key, const Json& value) {
  Json json = parse_json(python_entry, "x");
  json["rknn"]["rknn/model_b1_s128_o3.rknn"][key] = value;
  return json;
}

void parse(const Json& json) {
  parse_rknn_entries(json, "config.json");
}

TEST(RknnEntries, ReadsThePythonToolsEntry) {
  const Json json = parse_json(python_entry, "x");
  const std::vector<RknnEntry> entries = parse_rknn_entries(json, "config.json");
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].file, "rknn/model_b1_s128_o3.rknn");
  EXPECT_EQ(entries[0].platform, "rk3588");
  EXPECT_EQ(entries[0].batch_size, 1);
  EXPECT_EQ(entries[0].max_seq_length, 128);
  EXPECT_EQ(entries[0].dtype, "float16") << "quantized_dtype says w8a8, but do_quantization is false";
  EXPECT_EQ(entries[0].json.dump(), json["rknn"]["rknn/model_b1_s128_o3.rknn"].dump());
}

TEST(RknnEntries, QuantisedDtype) {
  Json json = parse_json(python_entry, "x");
  json["rknn"]["rknn/model_b1_s128_o3.rknn"]["quantization"]["do_quantization"] = true;
  EXPECT_EQ(parse_rknn_entries(json, "x").at(0).dtype, "w8a8");
}

TEST(RknnEntries, NoneAndUnknownKeys) {
  EXPECT_TRUE(parse_rknn_entries(Json::object(), "x").empty());
  EXPECT_TRUE(parse_rknn_entries(parse_json(R"({"rknn": null})", "x"), "x").empty());
  EXPECT_EQ(parse_rknn_entries(entry_with("something_new", {1, 2}), "x").size(), 1U);
  EXPECT_EQ(parse_rknn_entries(entry_with("quantization", nullptr), "x").at(0).dtype, "float16");
}

TEST(RknnEntries, BadOnes) {
  EXPECT_RKT_ERROR("RKT-1004", "found array where an object is expected",
                   parse(parse_json(R"({"rknn": []})", "x")));
  EXPECT_RKT_ERROR("RKT-1004", "found string where an object is expected",
                   parse(parse_json(R"({"rknn": {"a.rknn": "x"}})", "x")));
  EXPECT_RKT_ERROR("RKT-1004", "'target_platform' is missing",
                   parse(parse_json(R"({"rknn": {"a.rknn": {}}})", "x")));
  EXPECT_RKT_ERROR("RKT-1004", "where: config.json: rknn: rknn/model_b1", parse(entry_with("batch_size", 0)));
  EXPECT_RKT_ERROR("RKT-1004", "'batch_size' is 4097, 1..4096", parse(entry_with("batch_size", 4097)));
  EXPECT_RKT_ERROR("RKT-1004", "'max_seq_length' is null", parse(entry_with("max_seq_length", nullptr)));
  EXPECT_RKT_ERROR("RKT-1004", "'target_platform' is empty", parse(entry_with("target_platform", "")));
  EXPECT_RKT_ERROR("RKT-1004", "'target_platform' is number", parse(entry_with("target_platform", 3588)));
  EXPECT_RKT_ERROR("RKT-1004", "found boolean", parse(entry_with("quantization", true)));
  EXPECT_RKT_ERROR("RKT-1004", "'do_quantization' is string",
                   parse(entry_with("quantization", {{"do_quantization", "yes"}})));
  EXPECT_RKT_ERROR("RKT-1004", "'quantized_dtype' is missing",
                   parse(entry_with("quantization", {{"do_quantization", true}})));
  EXPECT_RKT_ERROR("RKT-1004", "dtype is empty", parse(entry_with("float_dtype", "")));
}

TEST(RknnEntries, PathsStayInside) {
  for (const char* path : {"/etc/passwd", "../a.rknn", "rknn/../../a.rknn", "rknn/..", ""}) {
    Json json = Json::object();
    json["rknn"][path] = Json::object();
    EXPECT_RKT_ERROR("RKT-1004", "is not inside the model directory", parse(json));
  }
  Json json = Json::object();
  json["rknn"]["\x1b[2J.rknn"] = Json::object();
  EXPECT_RKT_ERROR("RKT-1004", "control characters", parse(json));
}

}  // namespace
}  // namespace rkt
