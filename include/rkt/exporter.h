/// Compile a model directory for a Rockchip NPU.
///     rkt::ExportOptions options;
///     options.model = "all-MiniLM-L6-v2";
///     options.output = "minilm-rk3588";
///     options.max_seq_length = 128;
///     rkt::ExportReport report = rkt::export_model(options);   // report.simulator.cosine_min
/// The output directory is complete: Embedder opens it, and verify_directory replays its self-test.
#pragma once
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rkt/error.h"

namespace rkt {

/// Whether several texts may share a row of the compiled shape.
/// allowed: the graph takes a mask [length, length]; one_text: a mask [length], a little smaller.
enum class RowSharing { allowed, one_text };

struct ExportOptions {
  std::filesystem::path model;  ///< A Hugging Face or sentence-transformers directory with safetensors.
  std::filesystem::path
      output;  ///< A directory; empty: the model's own. Other compiled files in it are kept.
  std::string platform = "rk3588";
  int max_seq_length = 0;  ///< Tokens, specials counted: 3..the model's positions; 0: the model's own limit.
  int optimization_level = 0;                ///< 0..3, as the toolkit defines it.
  std::optional<RowSharing> row_sharing;     ///< Nothing: what suits the platform.
  std::vector<std::string> self_test_texts;  ///< Empty: the built-in 30, each cut to max_seq_length.
  double min_cosine = 0.999;  ///< The simulator's worst text may not fall below this: RKT-4010.
};

/// What goes on: "compile", "simulate", …; `fraction` is 0..1, or nothing where the end is not known.
using ExportProgress = std::function<void(std::string_view stage, std::optional<double> fraction)>;

/// Operators of one kind, as the compiler lists them after fusing.
struct OperatorCount {
  std::string type, target;  ///< "ConvExGelu", "NPU" or "CPU"
  int count = 0;
  int64_t cycles = 0;
  double rw_kb = 0;
};

/// What the compiler and its simulator say of the exported file. KB are 1,024 bytes.
struct ExportReport {
  std::filesystem::path directory;
  std::string file;      ///< Relative to the directory: "rknn/model_b1_s128.rknn".
  std::string platform;  ///< "rk3588"
  std::string dtype;     ///< "float16"
  std::string toolkit;   ///< "2.3.2"
  int batch_size = 1, max_seq_length = 0;
  RowSharing row_sharing = RowSharing::allowed;

  int npu_operators = 0, cpu_operators = 0;
  std::vector<OperatorCount> operators;  ///< By cycles, most first; kinds on the CPU before all others.
  int64_t cycles = 0;                    ///< The compiler's estimate for one row.
  double traffic_kb = 0, weights_kb = 0, internal_kb = 0;
  int64_t file_bytes = 0;
  std::string sha256;  ///< Of the file.

  struct Simulator {
    int texts = 0;
    double cosine_mean = 0, cosine_min = 0;  ///< Against float32 on the CPU, one text a row.
    std::optional<double> packed_cosine_mean, packed_cosine_min;  ///< The same texts, several a row.
    int packed_rows = 0;
  } simulator;

  struct Seconds {
    double environment = 0, graph = 0, compile = 0, simulate = 0, total = 0;
  } seconds;
};

/// Exports for float16. A failure or cancellation leaves the output as it was; `cancel` may be set by any
/// thread. Throws RKT-10xx for what is wrong with the model; RKT-4001 the toolkit's environment cannot be
/// created, RKT-4002 it has another version, RKT-4003..4007 the toolkit's failures, RKT-4005 no such
/// platform, RKT-4006 no such optimisation level, RKT-4008 the output cannot be written or holds another
/// model, RKT-4009 max_seq_length out of range, RKT-4010 accuracy below min_cosine, RKT-4011 cancelled.
ExportReport export_model(const ExportOptions& options, const ExportProgress& progress = {},
                          const std::atomic<bool>* cancel = nullptr);

/// The report as the JSON document that lies beside the compiled file; `indent` as in JSON.stringify, -1 for
/// one line.
std::string to_json(const ExportReport& report, int indent = 2);

}  // namespace rkt
