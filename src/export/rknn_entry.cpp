#include "export/rknn_entry.h"

#include <fmt/format.h>

#include "rkt/version.h"

namespace rkt {
namespace {

// The Python tool's version whose keys these are; its reader refuses keys it does not know inside the two
// objects below.
constexpr const char* python_tool_version = "0.3.1";

Json quantization() {
  return {{"auto_hybrid_cos_thresh", 0.98},
          {"auto_hybrid_euc_thresh", nullptr},
          {"dataset_columns", nullptr},
          {"dataset_name", nullptr},
          {"dataset_size", 128},
          {"dataset_split", nullptr},
          {"dataset_subset", nullptr},
          {"do_quantization", false},
          {"quant_img_RGB2BGR", false},
          {"quantized_algorithm", "normal"},
          {"quantized_dtype", "w8a8"},
          {"quantized_hybrid_level", 0},
          {"quantized_method", "channel"}};
}

Json optimization(int level) {
  return {{"compress_weight", false},    {"enable_flash_attention", false}, {"model_pruning", false},
          {"optimization_level", level}, {"remove_reshape", false},         {"remove_weight", false},
          {"sparse_infer", false}};
}

// Whether `entries` has `name` for another export than this one, which would be overwritten.
bool taken_by_another(const Json& entries, const std::string& name, const std::string& platform, int length,
                      RowSharing sharing) {
  const auto entry = entries.find(name);
  if (entry == entries.end()) return false;
  const auto is = [](const Json& object, const char* key, const Json& value) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found != object.end() && *found == value;
  };
  const bool same = is(*entry, "target_platform", platform) && is(*entry, "max_seq_length", length) &&
                    entry->contains("librkt") && is(entry->at("librkt"), "row_sharing", name_of(sharing));
  return !same;
}

}  // namespace

std::string name_of(RowSharing sharing) {
  return sharing == RowSharing::allowed ? "allowed" : "one_text";
}

std::string compiled_file_name(const ExportOptions& options, int length, RowSharing row_sharing,
                               const Json& entries) {
  const std::string shape = fmt::format("_b1_s{}", length);
  const std::string level =
      options.optimization_level > 0 ? fmt::format("_o{}", options.optimization_level) : "";
  const bool plain = options.max_seq_length == 0 || length == 512;
  const std::string candidates[] = {
      plain ? level : shape + level,
      shape + level,
      shape + level + "_" + options.platform,
  };
  for (const std::string& suffix : candidates)
    if (std::string name = "rknn/model" + suffix + ".rknn";
        !taken_by_another(entries, name, options.platform, length, row_sharing))
      return name;
  return "rknn/model" + candidates[2] + "_" + name_of(row_sharing) + ".rknn";
}

Json rknn_entry(const ExportReport& report, const ExportOptions& options, const EntryFacts& facts) {
  return {{"batch_size", report.batch_size},
          {"custom_string", nullptr},
          {"dynamic_input", nullptr},
          {"float_dtype", report.dtype},
          {"inputs_yuv_fmt", nullptr},
          {"max_seq_length", report.max_seq_length},
          {"mean_values", nullptr},
          {"model_input_names", {"embeddings", "mask"}},
          {"opset", 19},
          {"optimization", optimization(options.optimization_level)},
          {"quantization", quantization()},
          {"rktransformers_version", python_tool_version},
          {"single_core_mode", false},
          {"std_values", nullptr},
          {"target_platform", report.platform},
          {"task", "feature-extraction"},
          {"task_kwargs", nullptr},
          {"librkt",
           {{"version", std::string(version())},
            {"toolkit", report.toolkit},
            {"inputs", "embeddings"},
            {"row_sharing", name_of(report.row_sharing)},
            {"graph", facts.graph_id},
            {"weights_sha256", facts.weights_sha256},
            {"file_sha256", report.sha256},
            {"file_bytes", report.file_bytes}}}};
}

}  // namespace rkt
