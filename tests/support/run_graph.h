/// Runs golden texts through one form of graph on a device, outside of the engine.
#pragma once
#include <algorithm>
#include <vector>

#include "rkt/tokenizer.h"

#include "batch/packer.h"
#include "device/device.h"
#include "graph/bert_encoder.h"
#include "model/embedding_tables.h"
#include "model/model_directory.h"
#include "support/golden.h"
#include "task/pooling.h"

namespace rkt::test {

struct RealModel {
  ModelDirectory directory = ModelDirectory::open(RKT_MODEL_DIR);
  Weights weights{RKT_MODEL_DIR};
  EmbeddingTables tables{directory.config, weights};
  Tokenizer tokenizer = Tokenizer::open(RKT_MODEL_DIR);
};

/// Unit vectors [texts, hidden] in the texts' order. `plans` says how the texts share calls.
inline std::vector<std::vector<float>> run_graph(const RealModel& model, Device& device,
                                                 const GraphForm& form, const std::vector<std::string>& texts,
                                                 const std::vector<BatchPlan>& plans) {
  std::vector<Encoding> encodings;
  for (const std::string& text : texts) encodings.push_back(model.tokenizer.encode(text));
  std::vector<const Encoding*> pointers;
  for (const Encoding& encoding : encodings) pointers.push_back(&encoding);

  const auto compiled = device.compile(build_bert_encoder(model.directory.config, model.weights, form));
  const auto request = compiled->create_request();
  const auto hidden = static_cast<size_t>(model.tables.hidden());
  std::vector<std::vector<float>> vectors(texts.size());
  for (const BatchPlan& plan : plans) {
    const Batch batch = pack(plan, pointers, {});
    std::vector<float> embeddings(batch.cells() * hidden);
    model.tables.lookup(batch.ids, batch.positions, batch.token_types, embeddings);
    const std::span<const float> states = request->run(batch, embeddings);
    for (const TextSpan& span : plan.spans) {
      std::vector<float>& vector = vectors[static_cast<size_t>(span.text)];
      vector.resize(hidden);
      const size_t first =
          static_cast<size_t>(span.row) * static_cast<size_t>(plan.length) + static_cast<size_t>(span.begin);
      pool(states.subspan(first * hidden, static_cast<size_t>(span.length) * hidden), PoolingMode::mean,
           vector);
      normalize(vector);
    }
  }
  return vectors;
}

/// One text a row, `rows` rows a call, every row `length` tokens long (0: as long as its longest text).
inline std::vector<BatchPlan> padded_plans(const RealModel& model, const std::vector<std::string>& texts,
                                           int rows, int length) {
  std::vector<BatchPlan> plans;
  for (size_t i = 0; i < texts.size(); ++i) {
    const int tokens = static_cast<int>(model.tokenizer.encode(texts[i]).size());
    if (plans.empty() || plans.back().rows == rows) plans.emplace_back();
    BatchPlan& plan = plans.back();
    plan.length = std::max({plan.length, length, tokens});
    plan.spans.push_back({static_cast<int>(i), plan.rows, 0, tokens});
    ++plan.rows;
  }
  return plans;
}

}  // namespace rkt::test
