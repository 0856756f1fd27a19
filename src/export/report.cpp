#include "rkt/exporter.h"
#include "rkt/version.h"

#include "base/json.h"
#include "export/rknn_entry.h"

namespace rkt {

std::string to_json(const ExportReport& report, int indent) {
  Json operators = Json::array();
  for (const OperatorCount& kind : report.operators)
    operators.push_back({{"type", kind.type},
                         {"target", kind.target},
                         {"count", kind.count},
                         {"cycles", kind.cycles},
                         {"rw_kb", kind.rw_kb}});
  const ExportReport::Simulator& simulator = report.simulator;
  Json packed = nullptr;
  if (simulator.packed_cosine_mean)
    packed = {{"rows", simulator.packed_rows},
              {"cosine_mean", *simulator.packed_cosine_mean},
              {"cosine_min", *simulator.packed_cosine_min}};
  const Json document{
      {"librkt", std::string(version())},
      {"toolkit", report.toolkit},
      {"file", report.file},
      {"platform", report.platform},
      {"dtype", report.dtype},
      {"shape",
       {{"batch_size", report.batch_size},
        {"max_seq_length", report.max_seq_length},
        {"row_sharing", name_of(report.row_sharing)}}},
      {"operators", {{"npu", report.npu_operators}, {"cpu", report.cpu_operators}, {"kinds", operators}}},
      {"cycles", report.cycles},
      {"traffic_kb", report.traffic_kb},
      {"memory", {{"weights_kb", report.weights_kb}, {"internal_kb", report.internal_kb}}},
      {"file_bytes", report.file_bytes},
      {"sha256", report.sha256},
      {"simulator",
       {{"texts", simulator.texts},
        {"cosine_mean", simulator.cosine_mean},
        {"cosine_min", simulator.cosine_min},
        {"packed", packed}}},
      {"seconds",
       {{"environment", report.seconds.environment},
        {"graph", report.seconds.graph},
        {"compile", report.seconds.compile},
        {"simulate", report.seconds.simulate},
        {"total", report.seconds.total}}}};
  return document.dump(indent);
}

}  // namespace rkt
