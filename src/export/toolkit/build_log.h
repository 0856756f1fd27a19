/// Reads what the compiler prints about a build: which operator runs where, and what it costs.
/// Pure functions over text; any text, also a truncated or damaged log, gives a report of the rows that are
/// whole.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rkt {

enum class OperatorTarget { npu, cpu };

/// One row of the compiler's "Network Layer Information Table".
/// The compiler gives 0 cycles to fused attention, normalisation and data movement: for those `rw_kb` is the
/// only figure.
struct OperatorRow {
  std::string op_type;  ///< The compiler's own name, after fusing: "ConvExGelu", "exSDPAttention", …
  std::string dtype;    ///< "FLOAT16", "INT8", …
  OperatorTarget target = OperatorTarget::npu;
  int64_t cycles = 0;  ///< The larger of transfer and arithmetic, as the compiler estimates them.
  double rw_kb = 0;    ///< Kilobytes (1,024 bytes) read and written.
  std::string name;    ///< "type:name"; the name is that of an ONNX node, with the compiler's endings.
};

/// Sums over the operators. InputOperator and OutputOperator rows, which only hand buffers over, are left
/// out.
struct BuildReport {
  std::vector<OperatorRow> operators;  ///< In order of execution.
  int npu_operators = 0, cpu_operators = 0;
  int64_t cycles = 0;
  double rw_kb = 0;
  double internal_kb = 0;  ///< Memory for what lies between the operators, 0 if the log does not say.
  double weight_kb = 0;    ///< Memory of the weights, 0 if the log does not say.
  std::vector<std::string>
      warnings;  ///< Lines marked as errors although the build went on; duplicates removed.
};

/// The last table of `log`, for a build prints one table and a log may hold several builds.
BuildReport parse_build_log(std::string_view log);

/// `log` without terminal colours, with every carriage return (progress bars) as a line end.
std::string plain_text(std::string_view log);

/// The last `count` lines that are not empty, of plain text.
std::string last_lines(std::string_view text, int count);

}  // namespace rkt
