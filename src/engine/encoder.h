/// A loaded model: token ids in, hidden states out. What every task of the run path shares.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "rkt/embedder.h"
#include "rkt/tokenizer.h"

#include "device/device.h"
#include "model/embedding_tables.h"
#include "model/model_directory.h"
#include "model/weights.h"

namespace rkt {

/// Const members may be called from many threads at once: each call takes a request of its own.
class Encoder {
 public:
  Encoder(ModelDirectory directory, const DeviceOptions& options);

  /// Called once per text, in no fixed order: text index, its hidden states [tokens, hidden].
  using Consumer = std::function<void(int text, std::span<const float> hidden_states)>;

  /// Runs all encodings (each 1..max positions tokens) and hands their states to `consume`, on the calling
  /// thread.
  void run(std::span<const Encoding* const> encodings, Batching batching, const Consumer& consume,
           StageTimes& times) const;

  const ModelDirectory& directory() const noexcept { return directory_; }
  const Weights& weights() const noexcept { return weights_; }
  const EmbeddingTables& tables() const noexcept { return tables_; }
  const Tokenizer& tokenizer() const noexcept { return tokenizer_; }
  const Device& device() const noexcept { return *device_; }

 private:
  std::unique_ptr<Request> take_request() const;
  void give_back(std::unique_ptr<Request> request) const;

  ModelDirectory directory_;
  Weights weights_;
  EmbeddingTables tables_;
  Tokenizer tokenizer_;
  std::unique_ptr<Device> device_;
  std::unique_ptr<CompiledModel> model_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Request>> idle_;  // guarded by mutex_
};

}  // namespace rkt
