/// The seam between model logic and devices: flat rows in, hidden states out. No text, no files.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "rkt/device.h"

#include "graph/graph.h"

namespace rkt {

/// One call of a device: `rows` rows of `length` tokens. All arrays are row-major [rows, length].
struct Batch {
  int rows = 0, length = 0;
  std::vector<int32_t> ids, positions, token_types;
  /// Which text of its row a token belongs to: 1, 2, …; 0 is padding. Tokens attend to their own segment
  /// only.
  std::vector<int32_t> segments;
  /// Where every row holds at most one text, which starts the row: a per-text mask describes it.
  bool one_text_per_row = true;

  size_t cells() const noexcept { return static_cast<size_t>(rows) * static_cast<size_t>(length); }
};

/// Working memory and bindings of one caller. Not thread-safe: one thread at a time.
class Request {
 public:
  virtual ~Request() = default;

  /// embeddings: float32 [rows, length, hidden], padding included. Returns the hidden states, float32
  /// [rows, length, hidden], valid until the next call; values at padding are unspecified.
  /// Throws RKT-3002, RKT-2003 if the batch's shape is not one the model was compiled for.
  virtual std::span<const float> run(const Batch& batch, std::span<const float> embeddings) = 0;
};

/// A graph made ready for a device. Thread-safe; outlives its requests.
class CompiledModel {
 public:
  virtual ~CompiledModel() = default;
  virtual std::unique_ptr<Request> create_request() = 0;
};

/// One kind of hardware. Thread-safe.
class Device {
 public:
  virtual ~Device() = default;
  virtual std::string description() const = 0;  ///< "OpenVINO 2026.4.1 on Intel Xeon, float32, 4 threads".

  /// The form of graph that runs best here: what to ask the builder for.
  virtual GraphForm preferred_form() const = 0;

  /// Throws RKT-3002.
  virtual std::unique_ptr<CompiledModel> compile(const Graph& graph) = 0;
};

/// The CPU. Throws RKT-3001 if `options.precision` is bf16 and this CPU has no bf16 arithmetic.
std::unique_ptr<Device> open_cpu_device(const DeviceOptions& options);

}  // namespace rkt
