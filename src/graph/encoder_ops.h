/// The building blocks of encoders, each in the two layouts of graph.h.
#pragma once
#include <string>

#include "graph/graph.h"
#include "graph/onnx_writer.h"
#include "model/config.h"
#include "model/weights.h"

namespace rkt {

/// Emits operators for one graph. `name` is the name of the emitted value, `tensors` the checkpoint's prefix.
/// Lives no longer than `config` and `weights`. Not thread-safe.
class EncoderOps {
 public:
  EncoderOps(const EncoderConfig& config, const Weights& weights, const GraphForm& form);

  OnnxWriter& onnx() noexcept { return onnx_; }
  const EncoderConfig& config() const noexcept { return config_; }

  /// Declares `embeddings` and `mask`; returns the mask broadcastable to [B, NH, Squery, Skey].
  std::string declare_inputs();

  /// Declares the value `last_hidden_state` as the graph's output.
  void declare_output();

  /// x W^T + b with W [out, in] of `tensors`.weight and b [out] of `tensors`.bias.
  std::string linear(const std::string& x, const std::string& tensors, int in, int out,
                     const std::string& name);

  /// (x - mean) / sqrt(variance + eps) * gamma + beta over the hidden axis.
  std::string layer_norm(const std::string& x, const std::string& tensors, const std::string& name);

  std::string activation(const std::string& x, const std::string& name);

  struct Heads {
    std::string q, k, v;
  };
  /// Projections by `tensors`query, key and value; q and v [B, NH, S, D], k [B, NH, D, S]; q scaled by
  /// `scale`.
  Heads query_key_value(const std::string& x, const std::string& tensors, float scale,
                        const std::string& name);

  /// [B, NH, S, D] back to hidden states.
  std::string merge_heads(const std::string& x, const std::string& name);

 private:
  struct Affine {
    std::vector<float> weight, bias;  // [out, in], [out]
  };
  Affine affine(const std::string& tensors, int in, int out, float scale) const;
  std::string affine_node(const std::string& x, const Affine& values, int in, int out,
                          const std::string& name);
  std::vector<Dimension> hidden_shape() const;
  bool channels() const noexcept { return form_.layout == GraphLayout::channels; }

  const EncoderConfig& config_;
  const Weights& weights_;
  GraphForm form_;
  OnnxWriter onnx_;
};

}  // namespace rkt
