#include "engine/encoder.h"

#include <algorithm>

#include "batch/packer.h"
#include "batch/plan.h"
#include "engine/open_device.h"
#include "engine/stopwatch.h"
#include "graph/bert_encoder.h"

namespace rkt {
namespace {

// A row this long packs short texts densely, while the square of attention over it stays small beside its
// products.
constexpr int packed_row_length = 64;

std::vector<BatchPlan> make_plan(std::span<const int> lengths, Batching batching) {
  if (batching == Batching::sorted) return plan_sorted(lengths, {});
  const int longest = lengths.empty() ? 1 : *std::max_element(lengths.begin(), lengths.end());
  return plan_packed(lengths, std::max(longest, packed_row_length), PlanLimits{}.max_rows);
}

}  // namespace

Encoder::Encoder(ModelDirectory directory, const DeviceOptions& options)
    : directory_(std::move(directory)),
      weights_(directory_.path),
      tables_(directory_.config, weights_),
      tokenizer_(Tokenizer::open(directory_.path)),
      device_(open_device(options)),
      model_(device_->compile(build_bert_encoder(directory_.config, weights_, device_->preferred_form()))) {}

void Encoder::run(std::span<const Encoding* const> encodings, Batching batching, const Consumer& consume,
                  StageTimes& times) const {
  std::vector<int> lengths;
  for (const Encoding* encoding : encodings) lengths.push_back(static_cast<int>(encoding->size()));
  std::vector<BatchPlan> plans;
  {
    Stopwatch watch(times.plan);
    plans = make_plan(lengths, batching);
  }
  std::unique_ptr<Request> request = take_request();
  const auto hidden = static_cast<size_t>(tables_.hidden());
  std::vector<float> embeddings;
  for (const BatchPlan& batch_plan : plans) {
    Batch batch;
    {
      Stopwatch watch(times.lookup);
      batch = pack(batch_plan, encodings, {directory_.config.pad_token_id, 0});
      embeddings.resize(batch.cells() * hidden);
      tables_.lookup(batch.ids, batch.positions, batch.token_types, embeddings);
    }
    std::span<const float> states;
    {
      Stopwatch watch(times.device);
      states = request->run(batch, embeddings);
    }
    Stopwatch watch(times.pool);
    for (const TextSpan& span : batch_plan.spans) {
      const auto first = static_cast<size_t>(span.row) * static_cast<size_t>(batch_plan.length) +
                         static_cast<size_t>(span.begin);
      consume(span.text, states.subspan(first * hidden, static_cast<size_t>(span.length) * hidden));
    }
  }
  give_back(std::move(request));
}

std::unique_ptr<Request> Encoder::take_request() const {
  {
    std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<Request> request = std::move(idle_.back());
      idle_.pop_back();
      return request;
    }
  }
  return model_->create_request();
}

void Encoder::give_back(std::unique_ptr<Request> request) const {
  std::lock_guard lock(mutex_);
  idle_.push_back(std::move(request));
}

}  // namespace rkt
