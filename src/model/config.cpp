#include "model/config.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string_view>

#include "base/near_match.h"
#include "base/quote.h"

namespace rkt {
namespace {

// Far beyond real models, and small enough that products of any two of them, times layers and bytes, fit 63
// bits.
constexpr int max_hidden = 65536, max_layers = 1024, max_intermediate = 1 << 20;
constexpr int max_vocab = 1 << 24, max_positions = 1 << 20, max_types = 65536;

struct ActivationName {
  std::string_view name;
  Activation activation;
};

// transformers.activations.ACT2FN: its tanh variants differ in the order of multiplications only.
constexpr std::array activation_names{
    ActivationName{"gelu", Activation::gelu},
    ActivationName{"gelu_python", Activation::gelu},
    ActivationName{"gelu_new", Activation::gelu_tanh},
    ActivationName{"gelu_pytorch_tanh", Activation::gelu_tanh},
    ActivationName{"gelu_python_tanh", Activation::gelu_tanh},
    ActivationName{"gelu_fast", Activation::gelu_tanh},
    ActivationName{"gelu_accurate", Activation::gelu_tanh},
    ActivationName{"relu", Activation::relu},
};

Activation parse_activation(const JsonView& view) {
  const std::string name = view.string_or("hidden_act", "gelu");
  std::vector<std::string_view> known;
  for (const ActivationName& candidate : activation_names) {
    if (candidate.name == name) return candidate.activation;
    known.push_back(candidate.name);
  }
  throw Error(ErrorCode::feature_unsupported, fmt::format("hidden_act '{}' is not known", shorten(name)),
              view.where(), fmt::format("this version builds {}", fmt::join(known, ", ")));
}

void require_plain_encoder(const JsonView& view) {
  const std::string positions = view.string_or("position_embedding_type", "absolute");
  if (positions != "absolute")
    throw Error(ErrorCode::feature_unsupported,
                fmt::format("position_embedding_type '{}' is not known", shorten(positions)), view.where(),
                "this version builds 'absolute'");
  for (const char* key : {"is_decoder", "add_cross_attention", "is_encoder_decoder"})
    if (view.boolean_or(key, false))
      throw Error(ErrorCode::feature_unsupported, fmt::format("'{}' is true: this is not an encoder", key),
                  view.where(), "this version builds encoders: use an embedding or classification model");
}

float parse_epsilon(const JsonView& view) {
  const double epsilon = view.number_or("layer_norm_eps", 1e-12);
  const auto rounded = static_cast<float>(epsilon);
  if (!(rounded > 0 && rounded <= 1))
    view.fail(fmt::format("'layer_norm_eps' is {}, a float32 above 0 and up to 1 is expected", epsilon));
  return rounded;
}

std::vector<std::string> parse_architectures(const JsonView& view) {
  std::vector<std::string> names;
  if (!view.has("architectures")) return names;
  for (const Json& name : view.array("architectures")) {
    if (!name.is_string())
      view.fail(fmt::format("'architectures' lists {}, strings are expected", name.type_name()));
    names.push_back(name.get<std::string>());
  }
  return names;
}

}  // namespace

const std::vector<std::string>& known_model_types() {
  static const std::vector<std::string> types{"bert"};
  return types;
}

EncoderConfig parse_encoder_config(const Json& json, const std::string& where) {
  const JsonView view(json, where, ErrorCode::config_invalid);
  EncoderConfig config;
  config.model_type = view.string("model_type");
  const std::vector<std::string>& known = known_model_types();
  if (std::find(known.begin(), known.end(), config.model_type) == known.end()) {
    std::string hint = fmt::format("this version builds {}", fmt::join(known, ", "));
    if (const std::string near = did_you_mean(config.model_type, known); !near.empty()) hint += "; " + near;
    throw Error(ErrorCode::architecture_unknown,
                fmt::format("model_type '{}' is not known", shorten(config.model_type)), where, hint);
  }
  const auto integer = [&](const char* key, int64_t fallback, int64_t low, int64_t high) {
    return static_cast<int>(view.integer_or(key, fallback, low, high));
  };
  config.architectures = parse_architectures(view);
  config.hidden = integer("hidden_size", 768, 1, max_hidden);
  config.heads = integer("num_attention_heads", 12, 1, max_hidden);
  config.layers = integer("num_hidden_layers", 12, 1, max_layers);
  config.intermediate = integer("intermediate_size", 3072, 1, max_intermediate);
  config.vocab_size = integer("vocab_size", 30522, 1, max_vocab);
  config.max_positions = integer("max_position_embeddings", 512, 1, max_positions);
  config.type_vocab_size = integer("type_vocab_size", 2, 1, max_types);
  config.pad_token_id = integer("pad_token_id", 0, 0, config.vocab_size - 1);
  config.layer_norm_eps = parse_epsilon(view);
  if (config.hidden % config.heads != 0)
    view.fail(fmt::format("'hidden_size' {} is not a multiple of 'num_attention_heads' {}", config.hidden,
                          config.heads));
  require_plain_encoder(view);
  config.activation = parse_activation(view);
  return config;
}

}  // namespace rkt
