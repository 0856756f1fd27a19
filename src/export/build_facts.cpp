#include "export/build_facts.h"

#include <algorithm>
#include <map>
#include <utility>

namespace rkt {

void copy_build_facts(const BuildResult& built, ExportReport& report) {
  report.npu_operators = built.report.npu_operators;
  report.cpu_operators = built.report.cpu_operators;
  report.cycles = built.report.cycles;
  report.traffic_kb = built.report.rw_kb;
  report.weights_kb = built.report.weight_kb;
  report.internal_kb = built.report.internal_kb;
  std::map<std::pair<std::string, std::string>, OperatorCount> kinds;
  for (const OperatorRow& row : built.report.operators) {
    const std::string target = row.target == OperatorTarget::npu ? "NPU" : "CPU";
    OperatorCount& kind = kinds[{target, row.op_type}];  // "CPU" sorts first
    kind = {row.op_type, target, kind.count + 1, kind.cycles + row.cycles, kind.rw_kb + row.rw_kb};
  }
  for (const auto& [key, kind] : kinds) report.operators.push_back(kind);
  std::stable_sort(report.operators.begin(), report.operators.end(),
                   [](const OperatorCount& a, const OperatorCount& b) {
                     return a.target != b.target ? a.target == "CPU" : a.cycles > b.cycles;
                   });
}

}  // namespace rkt
