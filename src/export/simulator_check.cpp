#include "export/simulator_check.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "batch/packer.h"
#include "device/mask.h"
#include "task/pooling.h"

namespace rkt {
namespace {

// [embeddings, mask] of one row, in the layout of the NPU's graph: [1, hidden, 1, length].
std::vector<SimulatorInput> inputs_of(const Batch& batch, const Encoder& encoder, const GraphForm& form) {
  const auto hidden = static_cast<size_t>(encoder.tables().hidden()),
             length = static_cast<size_t>(batch.length);
  std::vector<float> rows(length * hidden), channels(length * hidden), mask(mask_elements(batch, form.mask));
  encoder.tables().lookup(batch.ids, batch.positions, batch.token_types, rows);
  transpose(rows, length, hidden, channels);
  write_mask(batch, form.mask, mask);
  return {{{1, static_cast<int64_t>(hidden), 1, batch.length}, std::move(channels)},
          {mask_shape(form.mask, form.mask_axes, 1, batch.length), std::move(mask)}};
}

}  // namespace

std::vector<std::vector<float>> reference_vectors(const Encoder& encoder,
                                                  std::span<const Encoding* const> encodings) {
  std::vector<std::vector<float>> vectors(encodings.size(),
                                          std::vector<float>(static_cast<size_t>(encoder.tables().hidden())));
  StageTimes times;
  encoder.run(
      encodings, Batching::sorted,
      [&](int text, std::span<const float> hidden_states) {
        std::vector<float>& vector = vectors[static_cast<size_t>(text)];
        pool(hidden_states, encoder.directory().pooling.mode, vector);
        normalize(vector);
      },
      times);
  return vectors;
}

std::vector<std::vector<float>> simulate_texts(ToolkitSession& session, const Encoder& encoder,
                                               const GraphForm& form,
                                               std::span<const Encoding* const> encodings,
                                               std::span<const BatchPlan> plans) {
  std::vector<std::vector<SimulatorInput>> runs;
  for (const BatchPlan& plan : plans)
    runs.push_back(
        inputs_of(pack(plan, encodings, {encoder.directory().config.pad_token_id, 0}), encoder, form));
  const auto outputs = session.simulate(runs, InputLayout::nchw);

  const auto hidden = static_cast<size_t>(encoder.tables().hidden()),
             length = static_cast<size_t>(form.length);
  std::vector<std::vector<float>> vectors(encodings.size(), std::vector<float>(hidden));
  std::vector<float> states(length * hidden);
  for (size_t run = 0; run < plans.size(); ++run) {
    const std::vector<float>& channels = outputs.at(run).at(0).values;
    if (channels.size() != states.size())
      throw Error(ErrorCode::toolkit_failed, "the simulator's output has another size than the graph's",
                  "simulator");
    transpose(channels, hidden, length, states);
    for (const TextSpan& span : plans[run].spans) {
      std::vector<float>& vector = vectors[static_cast<size_t>(span.text)];
      pool(std::span(states).subspan(static_cast<size_t>(span.begin) * hidden,
                                     static_cast<size_t>(span.length) * hidden),
           encoder.directory().pooling.mode, vector);
      normalize(vector);
    }
  }
  return vectors;
}

CosineSummary compare(std::span<const std::vector<float>> a, std::span<const std::vector<float>> b,
                      std::vector<double>* each) {
  CosineSummary summary{0, 1};
  for (size_t i = 0; i < a.size(); ++i) {
    double ab = 0, aa = 0, bb = 0;
    for (size_t c = 0; c < a[i].size(); ++c) {
      ab += static_cast<double>(a[i][c]) * b[i][c];
      aa += static_cast<double>(a[i][c]) * a[i][c];
      bb += static_cast<double>(b[i][c]) * b[i][c];
    }
    // A device that returns zeros, infinities or NaN is not equal to anything.
    const double product = aa * bb;
    const double cosine =
        product > 0 && std::isfinite(product) && std::isfinite(ab) ? ab / std::sqrt(product) : 0;
    summary.mean += cosine / static_cast<double>(a.size());
    summary.min = std::min(summary.min, cosine);
    if (each != nullptr) each->push_back(cosine);
  }
  return summary;
}

ExportReport::Simulator check_on_simulator(ToolkitSession& session, const Encoder& encoder,
                                           const GraphForm& form, std::span<const Encoding* const> encodings,
                                           std::span<const std::vector<float>> reference) {
  ExportReport::Simulator result;
  std::vector<BatchPlan> separate;
  std::vector<int> lengths;
  for (size_t i = 0; i < encodings.size(); ++i) {
    lengths.push_back(static_cast<int>(encodings[i]->size()));
    separate.push_back({1, form.length, {{static_cast<int>(i), 0, 0, lengths.back()}}});
  }
  const CosineSummary alone = compare(simulate_texts(session, encoder, form, encodings, separate), reference);
  result.texts = static_cast<int>(encodings.size());
  result.cosine_mean = alone.mean;
  result.cosine_min = alone.min;
  if (form.mask != MaskForm::packed) return result;

  const std::vector<BatchPlan> rows = plan_packed(lengths, form.length, 1);
  const CosineSummary packed = compare(simulate_texts(session, encoder, form, encodings, rows), reference);
  result.packed_rows = static_cast<int>(rows.size());
  result.packed_cosine_mean = packed.mean;
  result.packed_cosine_min = packed.min;
  return result;
}

void require_accuracy(const ExportReport::Simulator& simulator, double min_cosine) {
  const double worst = std::min(simulator.cosine_min, simulator.packed_cosine_min.value_or(1.0));
  if (worst >= min_cosine) return;
  throw Error(
      ErrorCode::accuracy_too_low,
      fmt::format("the compiled model's worst text has cosine {:.6f} to float32; at least {} was asked for",
                  worst, min_cosine),
      fmt::format("simulator, {} texts", simulator.texts),
      "lower --min-cosine if that is enough for you, or try --optimization-level 0");
}

}  // namespace rkt
