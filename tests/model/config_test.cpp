#include "model/config.h"

#include "base/support.h"

namespace rkt {
namespace {

Json with(const char* key, const Json& value) {
  Json json = parse_json(R"({"model_type": "bert", "hidden_size": 384, "num_attention_heads": 12})", "x");
  json[key] = value;
  return json;
}

void parse(const Json& json) {
  parse_encoder_config(json, "config.json");
}

TEST(Config, ReadsTheRealModel) {
  const std::filesystem::path file = std::filesystem::path(RKT_MODEL_DIR) / "config.json";
  const EncoderConfig config = parse_encoder_config(read_json(file), file.string());
  EXPECT_EQ(config.model_type, "bert");
  EXPECT_EQ(config.architectures, std::vector<std::string>{"BertModel"});
  EXPECT_EQ(config.hidden, 384);
  EXPECT_EQ(config.heads, 12);
  EXPECT_EQ(config.head_dim(), 32);
  EXPECT_EQ(config.layers, 6);
  EXPECT_EQ(config.intermediate, 1536);
  EXPECT_EQ(config.vocab_size, 30522);
  EXPECT_EQ(config.max_positions, 512);
  EXPECT_EQ(config.type_vocab_size, 2);
  EXPECT_EQ(config.pad_token_id, 0);
  EXPECT_EQ(config.layer_norm_eps, 1e-12F);
  EXPECT_EQ(config.activation, Activation::gelu);
}

// transformers.BertConfig().
TEST(Config, DefaultsAreTheReferences) {
  const EncoderConfig config = parse_encoder_config(parse_json(R"({"model_type": "bert"})", "x"), "x");
  EXPECT_EQ(config.hidden, 768);
  EXPECT_EQ(config.heads, 12);
  EXPECT_EQ(config.layers, 12);
  EXPECT_EQ(config.intermediate, 3072);
  EXPECT_EQ(config.vocab_size, 30522);
  EXPECT_EQ(config.max_positions, 512);
  EXPECT_EQ(config.type_vocab_size, 2);
  EXPECT_EQ(config.pad_token_id, 0);
  EXPECT_EQ(config.layer_norm_eps, 1e-12F);
  EXPECT_EQ(config.activation, Activation::gelu);
  EXPECT_TRUE(config.architectures.empty());
}

TEST(Config, EveryRangeIsClosed) {
  const struct {
    const char* key;
    int64_t low, high;
  } ranges[] = {{"hidden_size", 1, 65536},      {"num_attention_heads", 1, 65536},
                {"num_hidden_layers", 1, 1024}, {"intermediate_size", 1, 1 << 20},
                {"vocab_size", 1, 1 << 24},     {"max_position_embeddings", 1, 1 << 20},
                {"type_vocab_size", 1, 65536},  {"pad_token_id", 0, 30521}};
  for (const auto& range : ranges)
    for (const Json& bad : {Json(range.low - 1), Json(range.high + 1), Json(INT64_MIN), Json(UINT64_MAX),
                            Json(1.0), Json("1"), Json(true), Json::array(), Json::object()})
      EXPECT_RKT_ERROR("RKT-1004", std::string("'") + range.key + "' is ", parse(with(range.key, bad)));
  EXPECT_EQ(parse_encoder_config(with("num_attention_heads", 384), "x").head_dim(), 1);
  EXPECT_EQ(parse_encoder_config(with("pad_token_id", nullptr), "x").pad_token_id, 0);
}

TEST(Config, OtherBadValues) {
  EXPECT_RKT_ERROR("RKT-1004", "found array where an object is expected", parse(Json::array()));
  EXPECT_RKT_ERROR("RKT-1004", "'model_type' is missing", parse(Json::object()));
  EXPECT_RKT_ERROR("RKT-1004", "'hidden_size' 384 is not a multiple of 'num_attention_heads' 7",
                   parse(with("num_attention_heads", 7)));
  for (const Json& bad : {Json(0), Json(-1e-12), Json(1e-60), Json(1.5), Json(1e300)})
    EXPECT_RKT_ERROR("RKT-1004", "'layer_norm_eps' is", parse(with("layer_norm_eps", bad)));
  EXPECT_RKT_ERROR("RKT-1004", "'layer_norm_eps' is string", parse(with("layer_norm_eps", "1e-12")));
  EXPECT_RKT_ERROR("RKT-1004", "'hidden_act' is number", parse(with("hidden_act", 1)));
  EXPECT_RKT_ERROR("RKT-1004", "'architectures' is string", parse(with("architectures", "BertModel")));
  EXPECT_RKT_ERROR("RKT-1004", "'architectures' lists number", parse(with("architectures", {1})));
  EXPECT_RKT_ERROR("RKT-1004", "'is_decoder' is number", parse(with("is_decoder", 1)));
  EXPECT_RKT_ERROR("RKT-1004", "where: config.json", parse(with("vocab_size", 0)));
}

TEST(Config, UnknownArchitecturesListTheKnownOnes) {
  EXPECT_EQ(
      test::error_of([] { parse(with("model_type", "llama")); }),
      "RKT-1005: model_type 'llama' is not known\n  where: config.json\n  hint:  this version builds bert");
  EXPECT_RKT_ERROR("RKT-1005", "did you mean 'bert'?", parse(with("model_type", "bret")));
}

TEST(Config, QuotesShortlyAndWithoutControlCharacters) {
  const std::string error =
      test::error_of([] { parse(with("model_type", "x\n\x1b[2J" + std::string(1 << 20, 'y'))); });
  EXPECT_TRUE(error.starts_with("RKT-1005: model_type 'x\\n\\x1b[2Jyyy")) << error;
  EXPECT_LT(error.size(), 400U);
}

TEST(Config, VariationsThatAreNotBuilt) {
  EXPECT_RKT_ERROR("RKT-1009", "'relative_key' is not known",
                   parse(with("position_embedding_type", "relative_key")));
  EXPECT_RKT_ERROR("RKT-1009", "'is_decoder' is true", parse(with("is_decoder", true)));
  EXPECT_RKT_ERROR("RKT-1009", "'add_cross_attention' is true", parse(with("add_cross_attention", true)));
  EXPECT_RKT_ERROR("RKT-1009", "this version builds gelu, gelu_python, gelu_new",
                   parse(with("hidden_act", "silu")));
}

TEST(Config, Activations) {
  const std::pair<const char*, Activation> pairs[] = {
      {"gelu", Activation::gelu},           {"gelu_python", Activation::gelu},
      {"gelu_new", Activation::gelu_tanh},  {"gelu_pytorch_tanh", Activation::gelu_tanh},
      {"gelu_fast", Activation::gelu_tanh}, {"relu", Activation::relu}};
  for (const auto& [name, activation] : pairs)
    EXPECT_EQ(parse_encoder_config(with("hidden_act", name), "x").activation, activation) << name;
}

}  // namespace
}  // namespace rkt
