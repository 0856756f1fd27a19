#include "export/rknn_entry.h"

#include <gtest/gtest.h>

namespace rkt {
namespace {

ExportOptions options(int length, int level, const std::string& platform = "rk3588") {
  ExportOptions o;
  o.max_seq_length = length;
  o.optimization_level = level;
  o.platform = platform;
  return o;
}

Json entry(const std::string& platform, const char* sharing, int length = 128) {
  return {{"target_platform", platform}, {"max_seq_length", length}, {"librkt", {{"row_sharing", sharing}}}};
}

TEST(CompiledFileName, FollowsThePythonToolsSuffixes) {
  const Json none = Json::object();
  EXPECT_EQ(compiled_file_name(options(128, 0), 128, RowSharing::allowed, none), "rknn/model_b1_s128.rknn");
  EXPECT_EQ(compiled_file_name(options(128, 3), 128, RowSharing::allowed, none),
            "rknn/model_b1_s128_o3.rknn");
  EXPECT_EQ(compiled_file_name(options(512, 0), 512, RowSharing::allowed, none), "rknn/model.rknn");
  EXPECT_EQ(compiled_file_name(options(0, 2), 256, RowSharing::allowed, none), "rknn/model_o2.rknn");
}

TEST(CompiledFileName, VariantsDoNotOverwriteEachOther) {
  Json entries;
  entries["rknn/model_b1_s128.rknn"] = entry("rk3588", "allowed");
  EXPECT_EQ(compiled_file_name(options(128, 0), 128, RowSharing::allowed, entries),
            "rknn/model_b1_s128.rknn");
  EXPECT_EQ(compiled_file_name(options(128, 0, "rk3576"), 128, RowSharing::allowed, entries),
            "rknn/model_b1_s128_rk3576.rknn");
  EXPECT_EQ(compiled_file_name(options(128, 0), 128, RowSharing::one_text, entries),
            "rknn/model_b1_s128_rk3588.rknn");
  entries["rknn/model_b1_s128_rk3576.rknn"] = entry("rk3576", "allowed");
  EXPECT_EQ(compiled_file_name(options(128, 0, "rk3576"), 128, RowSharing::one_text, entries),
            "rknn/model_b1_s128_rk3576_one_text.rknn");
  entries["rknn/model_b1_s128.rknn"] = Json{{"target_platform", "rk3588"}};  // the Python tool's: ids in
  EXPECT_EQ(compiled_file_name(options(128, 0), 128, RowSharing::allowed, entries),
            "rknn/model_b1_s128_rk3588.rknn");
}

TEST(CompiledFileName, TwoLengthsOfOneNameAreToldApart) {
  Json entries;  // exported at the model's own limit of 256, then at 512: both are plain names there
  entries["rknn/model.rknn"] = entry("rk3588", "allowed", 256);
  EXPECT_EQ(compiled_file_name(options(0, 0), 256, RowSharing::allowed, entries), "rknn/model.rknn");
  EXPECT_EQ(compiled_file_name(options(512, 0), 512, RowSharing::allowed, entries),
            "rknn/model_b1_s512.rknn");
}

TEST(CompiledFileName, DamagedEntriesAreNotOverwritten) {
  for (const Json& damaged :
       {Json(nullptr), Json(3), Json{{"target_platform", nullptr}}, Json{{"librkt", "x"}}}) {
    Json entries;
    entries["rknn/model_b1_s128.rknn"] = damaged;
    EXPECT_EQ(compiled_file_name(options(128, 0), 128, RowSharing::allowed, entries),
              "rknn/model_b1_s128_rk3588.rknn");
  }
}

TEST(RknnEntry, HasExactlyThePythonToolsKeysAndOneOfOurs) {
  // rk-transformers 0.3.1: RKNNConfig.to_export_dict, QuantizationConfig, OptimizationConfig.
  const std::vector<std::string> top{"batch_size",
                                     "custom_string",
                                     "dynamic_input",
                                     "float_dtype",
                                     "inputs_yuv_fmt",
                                     "max_seq_length",
                                     "mean_values",
                                     "model_input_names",
                                     "opset",
                                     "optimization",
                                     "quantization",
                                     "rktransformers_version",
                                     "single_core_mode",
                                     "std_values",
                                     "target_platform",
                                     "task",
                                     "task_kwargs",
                                     "librkt"};
  const std::vector<std::string> quantization{
      "auto_hybrid_cos_thresh", "auto_hybrid_euc_thresh", "dataset_columns", "dataset_name",
      "dataset_size",           "dataset_split",          "dataset_subset",  "do_quantization",
      "quant_img_RGB2BGR",      "quantized_algorithm",    "quantized_dtype", "quantized_hybrid_level",
      "quantized_method"};
  const std::vector<std::string> optimization{"compress_weight",    "enable_flash_attention", "model_pruning",
                                              "optimization_level", "remove_reshape",         "remove_weight",
                                              "sparse_infer"};
  const auto keys = [](const Json& object) {
    std::vector<std::string> names;
    for (const auto& [name, value] : object.items()) names.push_back(name);
    return names;
  };
  const Json written = rknn_entry({}, options(128, 0), {"0123456789abcdef", "00"});
  EXPECT_EQ(keys(written), top);
  EXPECT_EQ(keys(written.at("quantization")), quantization);
  EXPECT_EQ(keys(written.at("optimization")), optimization);
}

}  // namespace
}  // namespace rkt
