/// The compiled graph on the vendor's simulator against float32.
#pragma once
#include <functional>
#include <span>
#include <vector>

#include "rkt/exporter.h"

#include "batch/plan.h"
#include "engine/encoder.h"
#include "export/toolkit/toolkit_session.h"
#include "graph/graph.h"

namespace rkt {

/// What the CPU device computes in float32: unit vectors [texts][dim].
std::vector<std::vector<float>> reference_vectors(const Encoder& encoder,
                                                  std::span<const Encoding* const> encodings);

/// Runs `plans` (one row each, as long as the graph) through the graph that `session` built last.
/// Returns unit vectors [texts][dim], pooled as the model asks for. Throws RKT-4003, RKT-4011.
std::vector<std::vector<float>> simulate_texts(ToolkitSession& session, const Encoder& encoder,
                                               const GraphForm& form,
                                               std::span<const Encoding* const> encodings,
                                               std::span<const BatchPlan> plans);

struct CosineSummary {
  double mean = 0, min = 0;
};

/// Of pairs of vectors of equal length; both [n][dim], n >= 1.
CosineSummary compare(std::span<const std::vector<float>> a, std::span<const std::vector<float>> b,
                      std::vector<double>* each = nullptr);

/// Runs all texts, one a row and, where the form allows it, packed, and compares them with `reference`
/// [texts][dim].
ExportReport::Simulator check_on_simulator(ToolkitSession& session, const Encoder& encoder,
                                           const GraphForm& form, std::span<const Encoding* const> encodings,
                                           std::span<const std::vector<float>> reference);

/// Throws RKT-4010 if the worst text falls below `min_cosine`.
void require_accuracy(const ExportReport::Simulator& simulator, double min_cosine);

}  // namespace rkt
