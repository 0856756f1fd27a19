/// config.json of the BERT family, checked.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/json.h"

namespace rkt {

enum class Activation { gelu, gelu_tanh, relu };

/// Reference: transformers.BertConfig. As there, every key but model_type has a default; the weights' shapes
/// show whether a default was meant.
struct EncoderConfig {
  std::string model_type;                  ///< "bert"
  std::vector<std::string> architectures;  ///< As the file lists them; may be empty.
  int hidden = 0;                          ///< hidden_size
  int heads = 0;                           ///< num_attention_heads; divides hidden
  int layers = 0;                          ///< num_hidden_layers
  int intermediate = 0;                    ///< intermediate_size
  int vocab_size = 0;
  int max_positions = 0;  ///< max_position_embeddings
  int type_vocab_size = 0;
  int pad_token_id = 0;      ///< 0..vocab_size-1
  float layer_norm_eps = 0;  ///< Above 0, up to 1.
  Activation activation = Activation::gelu;

  int head_dim() const noexcept { return hidden / heads; }
};

/// The values of `model_type` that this version builds.
const std::vector<std::string>& known_model_types();

/// Throws RKT-1004 a value missing, of the wrong type or out of range; RKT-1005 an unknown model_type
/// (with the known ones); RKT-1009 a known family with a variation it does not build
/// (position_embedding_type other than absolute, is_decoder, another activation). `where` names the file.
/// In a config that passes, products of any two of these, times layers and bytes, fit 63 bits:
/// hidden 1..65536, layers 1..1024, vocabulary 1..2^24, intermediate and positions 1..2^20, token
/// types 1..65536.
EncoderConfig parse_encoder_config(const Json& json, const std::string& where);

}  // namespace rkt
