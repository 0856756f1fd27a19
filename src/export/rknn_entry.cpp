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

bool taken_by_another(const Json& entries, const std::string& name, const std::string& platform,
                      RowSharing sharing) {
  const auto entry = entries.find(name);
  if (entry == entries.end() || !entry->is_object()) return false;
  if (entry->value("target_platform", "") != platform) return true;
  const auto ours = entry->find("librkt");
  return ours == entry->end() || !ours->is_object() || ours->value("row_sharing", "") != name_of(sharing);
}

}  // namespace

std::string name_of(RowSharing sharing) {
  return sharing == RowSharing::allowed ? "allowed" : "one_text";
}

std::string compiled_file_name(const ExportOptions& options, int length, RowSharing row_sharing,
                               const Json& entries) {
  std::string name = "rknn/model";
  if (options.max_seq_length != 0 && length != 512) name += fmt::format("_b1_s{}", length);
  if (options.optimization_level > 0) name += fmt::format("_o{}", options.optimization_level);
  const std::string plain = name + ".rknn", by_platform = fmt::format("{}_{}.rknn", name, options.platform);
  if (!taken_by_another(entries, plain, options.platform, row_sharing)) return plain;
  if (!taken_by_another(entries, by_platform, options.platform, row_sharing)) return by_platform;
  return fmt::format("{}_{}_{}.rknn", name, options.platform, name_of(row_sharing));
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
