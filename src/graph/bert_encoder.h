/// The BERT encoder, without its embeddings, as an ONNX graph.
#pragma once
#include "graph/graph.h"
#include "model/config.h"
#include "model/weights.h"

namespace rkt {

/// Builds the graph of `config` with the tensors of `weights` in the given form.
/// Reference: transformers.BertModel (eager attention) from embeddings.LayerNorm to last_hidden_state.
/// Paper: https://arxiv.org/abs/1810.04805, post-LayerNorm encoder of https://arxiv.org/abs/1706.03762.
/// Throws RKT-1007 a tensor is missing or of another shape, RKT-4009 form.length beyond the model's
/// positions, RKT-4007 the graph would pass 2 GB, the limit of its file format.
Graph build_bert_encoder(const EncoderConfig& config, const Weights& weights, const GraphForm& form);

}  // namespace rkt
