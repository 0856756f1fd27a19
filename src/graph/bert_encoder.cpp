#include "graph/bert_encoder.h"

#include <cmath>
#include <fmt/format.h>

#include "rkt/error.h"

#include "base/files.h"
#include "graph/encoder_ops.h"

namespace rkt {
namespace {

// x: hidden states, in the layout of the form. The names of the values are stable: they identify operators in
// reports.
std::string attention(EncoderOps& ops, const std::string& x, const std::string& mask, int layer) {
  const std::string tensors = fmt::format("encoder.layer.{}.attention.self.", layer);
  const std::string name = fmt::format("layer{}.attention", layer);
  const float scale = 1.0F / std::sqrt(static_cast<float>(ops.config().head_dim()));
  const auto [q, k, v] =
      ops.query_key_value(x, tensors, scale, name);  // q [B, NH, S, D], k [B, NH, D, S], v as q
  std::string scores = ops.onnx().node("MatMul", {q, k}, name + ".scores");
  scores = ops.onnx().node("Add", {scores, mask}, name + ".masked");
  const std::string weights =
      ops.onnx().node("Softmax", {scores}, name + ".weights", {{"axis", {-1}, false}});
  const std::string context = ops.onnx().node("MatMul", {weights, v}, name + ".context");
  return ops.merge_heads(context, name);
}

std::string encoder_layer(EncoderOps& ops, std::string x, const std::string& mask, int layer) {
  const std::string tensors = fmt::format("encoder.layer.{}.", layer);
  const std::string name = fmt::format("layer{}.", layer);
  const int hidden = ops.config().hidden, intermediate = ops.config().intermediate;

  std::string y = attention(ops, x, mask, layer);
  y = ops.linear(y, tensors + "attention.output.dense", hidden, hidden, name + "attention.output");
  x = ops.onnx().node("Add", {y, x}, name + "attention.residual");
  x = ops.layer_norm(x, tensors + "attention.output.LayerNorm", name + "attention.norm");

  y = ops.linear(x, tensors + "intermediate.dense", hidden, intermediate, name + "up");
  y = ops.activation(y, name + "up.activation");
  y = ops.linear(y, tensors + "output.dense", intermediate, hidden, name + "down");
  x = ops.onnx().node("Add", {y, x}, name + "residual");
  const bool last = layer + 1 == ops.config().layers;
  return ops.layer_norm(x, tensors + "output.LayerNorm", last ? "last_hidden_state" : name + "norm");
}

// Bump when the operators or their names change: files compiled from different revisions do not share
// weights.
constexpr int revision = 1;

std::string graph_id(const EncoderConfig& config, const GraphForm& form) {
  return sha256(fmt::format("bert {} hidden {} heads {} layers {} intermediate {} eps {} activation {} "
                            "layout {} mask {} {}",
                            revision, config.hidden, config.heads, config.layers, config.intermediate,
                            config.layer_norm_eps, static_cast<int>(config.activation),
                            static_cast<int>(form.layout), static_cast<int>(form.mask),
                            static_cast<int>(form.mask_axes)))
      .substr(0, 16);
}

}  // namespace

Graph build_bert_encoder(const EncoderConfig& config, const Weights& weights, const GraphForm& form) {
  if (form.length > config.max_positions)
    throw Error(ErrorCode::length_out_of_range,
                fmt::format("a length of {} tokens was asked for; the model has {} positions", form.length,
                            config.max_positions),
                "graph", fmt::format("choose a length of 1..{}", config.max_positions));
  EncoderOps ops(config, weights, form);
  const std::string mask = ops.declare_inputs();
  std::string x = ops.layer_norm("embeddings", "embeddings.LayerNorm", "embeddings.norm");
  for (int layer = 0; layer < config.layers; ++layer) x = encoder_layer(ops, x, mask, layer);
  ops.declare_output();
  return {ops.onnx().finish("bert-encoder"), form, config.hidden, graph_id(config, form)};
}

}  // namespace rkt
