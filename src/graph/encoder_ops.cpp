#include "graph/encoder_ops.h"

#include <array>
#include <cmath>

namespace rkt {
namespace {

Dimension dimension(int size, const char* name) {
  return size > 0 ? Dimension{size, {}} : Dimension{0, name};
}

}  // namespace

EncoderOps::EncoderOps(const EncoderConfig& config, const Weights& weights, const GraphForm& form)
    : config_(config), weights_(weights), form_(form) {}

std::vector<Dimension> EncoderOps::hidden_shape() const {
  const Dimension length = dimension(form_.length, "length");
  if (channels()) return {{1, {}}, {config_.hidden, {}}, {1, {}}, length};
  return {dimension(form_.rows, "rows"), length, {config_.hidden, {}}};
}

std::string EncoderOps::declare_inputs() {
  onnx_.input("embeddings", hidden_shape());
  const Dimension keys = dimension(form_.length, "length"), one{1, {}};
  const Dimension rows = channels() ? one : dimension(form_.rows, "rows");
  if (form_.mask_axes == MaskAxes::keys) {
    onnx_.input("mask", {one, keys, one, form_.mask == MaskForm::packed ? keys : one});
    return onnx_.node("Transpose", {"mask"}, "mask.queries", {{"perm", {0, 2, 3, 1}}});
  }
  // A dynamic row graph serves both forms of mask, so that one compiled model does.
  const bool either = !channels() && form_.length == 0;
  const Dimension queries = either ? Dimension{0, "queries"} : form_.mask == MaskForm::packed ? keys : one;
  onnx_.input("mask", {rows, one, queries, keys});
  return "mask";
}

void EncoderOps::declare_output() {
  onnx_.output("last_hidden_state", hidden_shape());
}

EncoderOps::Affine EncoderOps::affine(const std::string& tensors, int in, int out, float scale) const {
  Affine values{to_float(weights_.tensor(tensors + ".weight", {out, in})),
                to_float(weights_.tensor(tensors + ".bias", {out}))};
  if (scale != 1.0F) {
    for (float& value : values.weight) value *= scale;
    for (float& value : values.bias) value *= scale;
  }
  return values;
}

std::string EncoderOps::affine_node(const std::string& x, const Affine& values, int in, int out,
                                    const std::string& name) {
  const std::string bias = onnx_.constant(name + ".bias", values.bias, {out});
  if (channels()) {
    const std::string weight = onnx_.constant(name + ".weight", values.weight, {out, in, 1, 1});
    return onnx_.node("Conv", {x, weight, bias}, name, {{"kernel_shape", {1, 1}}});
  }
  std::vector<float> by_input(values.weight.size());
  transpose(values.weight, static_cast<size_t>(out), static_cast<size_t>(in), by_input);
  const std::string weight = onnx_.constant(name + ".weight", by_input, {in, out});
  return onnx_.node("Add", {onnx_.node("MatMul", {x, weight}, name + ".product"), bias}, name);
}

std::string EncoderOps::linear(const std::string& x, const std::string& tensors, int in, int out,
                               const std::string& name) {
  return affine_node(x, affine(tensors, in, out, 1.0F), in, out, name);
}

std::string EncoderOps::layer_norm(const std::string& x, const std::string& tensors,
                                   const std::string& name) {
  const int hidden = config_.hidden;
  const Shape shape = channels() ? Shape{1, hidden, 1, 1} : Shape{hidden};
  const std::string gamma =
      onnx_.constant(name + ".gamma", to_float(weights_.tensor(tensors + ".weight", {hidden})), shape);
  const std::string beta =
      onnx_.constant(name + ".beta", to_float(weights_.tensor(tensors + ".bias", {hidden})), shape);
  const std::array<int64_t, 1> hidden_axis{channels() ? 1 : -1};
  const std::string axis = onnx_.constant("hidden_axis", hidden_axis);

  // Spelled out: the NPU compiler fuses this form to one operator and knows no LayerNormalization over
  // axis 1.
  const std::string mean = onnx_.node("ReduceMean", {x, axis}, name + ".mean", {{"keepdims", {1}, false}});
  const std::string centred = onnx_.node("Sub", {x, mean}, name + ".centred");
  const std::string square = onnx_.node("Mul", {centred, centred}, name + ".square");
  const std::string variance =
      onnx_.node("ReduceMean", {square, axis}, name + ".variance", {{"keepdims", {1}, false}});
  const std::string safe =
      onnx_.node("Add", {variance, onnx_.scalar("layer_norm_eps", config_.layer_norm_eps)}, name + ".safe");
  const std::string deviation = onnx_.node("Sqrt", {safe}, name + ".deviation");
  const std::string unit = onnx_.node("Div", {centred, deviation}, name + ".unit");
  return onnx_.node("Add", {onnx_.node("Mul", {unit, gamma}, name + ".scaled"), beta}, name);
}

std::string EncoderOps::activation(const std::string& x, const std::string& name) {
  if (config_.activation == Activation::relu) return onnx_.node("Relu", {x}, name);
  const std::string one = onnx_.scalar("one", 1.0F), half = onnx_.scalar("half", 0.5F);
  std::string inner;
  if (config_.activation == Activation::gelu) {  // x/2 (1 + erf(x / sqrt 2))
    const std::string ratio = onnx_.node("Div", {x, onnx_.scalar("sqrt2", std::sqrt(2.0F))}, name + ".ratio");
    inner = onnx_.node("Erf", {ratio}, name + ".erf");
  } else {  // x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), https://arxiv.org/abs/1606.08415
    const std::string square = onnx_.node("Mul", {x, x}, name + ".square");
    const std::string cube = onnx_.node("Mul", {square, x}, name + ".cube");
    const std::string part = onnx_.node("Mul", {cube, onnx_.scalar("gelu_cubic", 0.044715F)}, name + ".part");
    const std::string sum = onnx_.node("Add", {x, part}, name + ".sum");
    const std::string argument =
        onnx_.node("Mul", {sum, onnx_.scalar("sqrt_2_over_pi", 0.79788456080286536F)}, name + ".argument");
    inner = onnx_.node("Tanh", {argument}, name + ".tanh");
  }
  const std::string gate = onnx_.node("Add", {inner, one}, name + ".gate");
  return onnx_.node("Mul", {onnx_.node("Mul", {x, gate}, name + ".gated"), half}, name);
}

EncoderOps::Heads EncoderOps::query_key_value(const std::string& x, const std::string& tensors, float scale,
                                              const std::string& name) {
  const int hidden = config_.hidden, heads = config_.heads, width = config_.head_dim();
  const Affine q = affine(tensors + "query", hidden, hidden, scale);
  const Affine k = affine(tensors + "key", hidden, hidden, 1.0F);
  const Affine v = affine(tensors + "value", hidden, hidden, 1.0F);

  if (channels()) {  // one convolution for all three; [1, 3H, 1, S] → 3 × [1, H, 1, S] → [1, NH, D, S]
    Affine all = q;
    for (const Affine* part : {&k, &v}) {
      all.weight.insert(all.weight.end(), part->weight.begin(), part->weight.end());
      all.bias.insert(all.bias.end(), part->bias.begin(), part->bias.end());
    }
    const std::string fused = affine_node(x, all, hidden, 3 * hidden, name + ".qkv");
    const std::array<int64_t, 3> thirds{hidden, hidden, hidden};
    onnx_.node("Split", {fused, onnx_.constant("thirds", thirds)}, {name + ".q", name + ".k", name + ".v"},
               {{"axis", {1}, false}});
    const std::array<int64_t, 4> split{1, heads, width, form_.length > 0 ? form_.length : -1};
    const std::string shape = onnx_.constant("split_heads", split);
    const auto by_head = [&](const char* which) {
      return onnx_.node("Reshape", {name + which, shape}, name + which + ".heads");
    };
    const auto swapped = [&](const char* which) {
      return onnx_.node("Transpose", {by_head(which)}, name + which + ".rows", {{"perm", {0, 1, 3, 2}}});
    };
    return {swapped(".q"), by_head(".k"), swapped(".v")};
  }

  const std::array<int64_t, 4> split{0, 0, heads, width};  // 0 keeps the input's dimension
  const std::string shape = onnx_.constant("split_heads", split);
  const auto project = [&](const Affine& values, const char* which, const std::vector<int64_t>& order) {
    const std::string projected = affine_node(x, values, hidden, hidden, name + which);
    const std::string by_head = onnx_.node("Reshape", {projected, shape}, name + which + ".heads");
    return onnx_.node("Transpose", {by_head}, name + which + ".rows", {{"perm", order}});
  };
  return {project(q, ".q", {0, 2, 1, 3}), project(k, ".k", {0, 2, 3, 1}), project(v, ".v", {0, 2, 1, 3})};
}

std::string EncoderOps::merge_heads(const std::string& x, const std::string& name) {
  const std::string rows =
      onnx_.node("Transpose", {x}, name + ".columns", {{"perm", {0, 2, 1, 3}}});  // [B, S, NH, D]
  if (channels()) {
    // By way of [1, S, H, 1]: swapping S and D inside the heads instead compiles to wrong vectors where S =
    // D, whose transpose the compiler (2.3.2) cannot tell from its input. Test:
    // tests/export/square_heads_test.cpp.
    const std::array<int64_t, 4> merged{1, form_.length > 0 ? form_.length : -1, config_.hidden, 1};
    const std::string joined =
        onnx_.node("Reshape", {rows, onnx_.constant("merge_heads", merged)}, name + ".joined");
    return onnx_.node("Transpose", {joined}, name, {{"perm", {0, 2, 3, 1}}});
  }
  const std::array<int64_t, 3> merged{0, 0, config_.hidden};
  return onnx_.node("Reshape", {rows, onnx_.constant("merge_heads", merged)}, name);
}

}  // namespace rkt
