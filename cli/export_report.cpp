#include "cli/export_report.h"

#include <cmath>
#include <fmt/format.h>

#include "cli/table.h"

namespace rkt::cli {
namespace {

constexpr double kib = 1024;

std::string operators_text(const ExportReport& report) {
  Table table({{"type", Align::left},
               {"target", Align::left},
               {"count", Align::right},
               {"cycles", Align::right},
               {"KiB", Align::right}});
  for (const OperatorCount& kind : report.operators)
    table.add({kind.type, kind.target, std::to_string(kind.count), grouped(kind.cycles),
               grouped(std::llround(kind.rw_kb))});
  return table.text();
}

std::string accuracy(const ExportReport::Simulator& simulator) {
  std::string text = fmt::format("cosine mean {:.6f}, min {:.6f} to float32, {} texts", simulator.cosine_mean,
                                 simulator.cosine_min, simulator.texts);
  if (simulator.packed_cosine_mean && simulator.packed_cosine_min)
    text += fmt::format("; packed in {} rows mean {:.6f}, min {:.6f}", simulator.packed_rows,
                        *simulator.packed_cosine_mean, *simulator.packed_cosine_min);
  return text;
}

}  // namespace

std::string text_of(const ExportReport& report) {
  const ExportReport::Seconds& seconds = report.seconds;
  const std::string sharing =
      report.row_sharing == RowSharing::allowed ? "several texts may share a row" : "one text a row";
  const std::string head = facts({
      {"file", (report.directory / report.file).string()},
      {"platform", fmt::format("{}, {}, toolkit {}", report.platform, report.dtype, report.toolkit)},
      {"shape", fmt::format("[{}, {}] tokens, {}", report.batch_size, report.max_seq_length, sharing)},
      {"operators", fmt::format("{} NPU, {} CPU", report.npu_operators, report.cpu_operators)},
      {"cycles", fmt::format("{} a row, as the compiler estimates", grouped(report.cycles))},
      {"traffic", mebibytes(report.traffic_kb * kib)},
      {"memory", fmt::format("weights {}, internal {}", mebibytes(report.weights_kb * kib),
                             mebibytes(report.internal_kb * kib))},
      {"size", mebibytes(static_cast<double>(report.file_bytes))},
      {"simulator", accuracy(report.simulator)},
      {"seconds",
       fmt::format("{:.1f}: environment {:.1f}, graph {:.1f}, compile {:.1f}, simulate {:.1f}", seconds.total,
                   seconds.environment, seconds.graph, seconds.compile, seconds.simulate)},
  });
  return head + "\n" + operators_text(report);
}

}  // namespace rkt::cli
