/// The encoder as an ONNX document, and the form of its inputs.
///
/// Every graph takes `embeddings` (word + position + type, summed on the host, before the first LayerNorm)
/// and an additive `mask`, and gives `last_hidden_state`; all float32. B rows, S tokens, H hidden size:
///
///   layout    embeddings, last_hidden_state    for
///   rows      [B, S, H]                        the CPU: matrix products
///   channels  [1, H, 1, S]                     the NPU: 1x1 convolutions, 0 operators left to the CPU on
///   rk3588
///
///   layout    mask axes  per_text        packed (rows are queries)
///   rows      queries    [B, 1, 1, S]    [B, 1, S, S]; a dynamic graph takes both
///   channels  queries    [1, 1, 1, S]    [1, 1, S, S]
///   channels  keys       [1, S, 1, 1]    [1, Skey, 1, Squery]
#pragma once
#include <string>

namespace rkt {

enum class GraphLayout { rows, channels };

/// per_text: one text a row, padding at its end. packed: each token has its own set of visible tokens.
enum class MaskForm { per_text, packed };

/// Which axis of the mask comes first. The NPU compiler takes a one-channel 4-D input for an image and adds a
/// convolution; with the keys as channels it does not, and the Transpose to the usual order cancels inside.
enum class MaskAxes { queries, keys };

struct GraphForm {
  GraphLayout layout = GraphLayout::rows;
  MaskForm mask = MaskForm::per_text;
  MaskAxes mask_axes = MaskAxes::queries;
  int rows = 0;    ///< B; 0 = any (layout rows only). 1 for layout channels.
  int length = 0;  ///< S; 0 = any.
  bool operator==(const GraphForm&) const = default;
};

struct Graph {
  std::string onnx;  ///< A serialized ModelProto, opset 19, ir_version 8.
  GraphForm form;
  int hidden = 0;
  /// Equal for graphs that differ in rows and length only, whatever their weights. 16 hex digits.
  std::string id;
};

}  // namespace rkt
