#include "model/sentence_modules.h"

#include "base/support.h"

namespace rkt {
namespace {

PoolingMode pooling(const char* json) {
  return parse_pooling(parse_json(json, "x"), "1_Pooling/config.json");
}

/// modules.json with these types, at paths "", "1_x", "2_x", …
Json list(std::initializer_list<const char*> types) {
  Json json = Json::array();
  for (const char* type : types) {
    const std::string path = json.empty() ? "" : std::to_string(json.size()) + "_x";
    json.push_back(
        {{"idx", json.size()}, {"name", std::to_string(json.size())}, {"path", path}, {"type", type}});
  }
  return json;
}

SentenceModules parse(const Json& json) {
  return parse_modules(json, "modules.json");
}

TEST(Modules, NamesOfEveryRelease) {
  const Json releases[] = {
      list({"sentence_transformers.models.Transformer", "sentence_transformers.models.Pooling",
            "sentence_transformers.models.Normalize"}),
      list({"sentence_transformers.base.modules.transformer.Transformer",
            "sentence_transformers.sentence_transformer.modules.pooling.Pooling",
            "sentence_transformers.base.modules.normalize.Normalize"}),
  };
  for (const Json& json : releases) {
    const SentenceModules modules = parse(json);
    EXPECT_EQ(modules.transformer, "");
    EXPECT_TRUE(modules.has_pooling);
    EXPECT_EQ(modules.pooling, "1_x");
    EXPECT_TRUE(modules.has_normalize);
    EXPECT_EQ(modules.normalize, "2_x");
  }
}

TEST(Modules, ShorterLists) {
  const SentenceModules alone = parse(list({"sentence_transformers.models.Transformer"}));
  EXPECT_FALSE(alone.has_pooling);
  EXPECT_FALSE(alone.has_normalize);
  EXPECT_TRUE(parse(list({"sentence_transformers.models.Transformer", "sentence_transformers.models.Dropout",
                          "sentence_transformers.models.Pooling"}))
                  .has_pooling);
}

TEST(Modules, UnknownOnesAreNamed) {
  const auto after_pooling = [](const char* type) {
    return list({"sentence_transformers.models.Transformer", "sentence_transformers.models.Pooling", type});
  };
  EXPECT_EQ(test::error_of([&] { parse(after_pooling("sentence_transformers.models.Dense")); }),
            "RKT-1009: module 'sentence_transformers.models.Dense' is not known\n  where: modules.json\n"
            "  hint:  this version runs Transformer, Pooling and Normalize of sentence_transformers");
  EXPECT_RKT_ERROR("RKT-1009", "'custom_st.Pooling' is not known",
                   parse(list({"sentence_transformers.models.Transformer", "custom_st.Pooling"})));
  EXPECT_RKT_ERROR("RKT-1009", "in this place", parse(after_pooling("sentence_transformers.models.Pooling")));
  EXPECT_RKT_ERROR("RKT-1009", "in this place", parse(list({"sentence_transformers.models.Pooling"})));
  EXPECT_RKT_ERROR(
      "RKT-1009", "in this place",
      parse(list({"sentence_transformers.models.Transformer", "sentence_transformers.models.Normalize"})));
}

TEST(Modules, BadOnes) {
  EXPECT_RKT_ERROR("RKT-1004", "found object where a list", parse(Json::object()));
  EXPECT_RKT_ERROR("RKT-1004", "lists no Transformer", parse(Json::array()));
  EXPECT_RKT_ERROR("RKT-1004", "found number where an object", parse(Json::array({1})));
  EXPECT_RKT_ERROR("RKT-1004", "'type' is missing", parse(Json::array({Json::object()})));
  for (const char* path : {"/tmp", "../1_Pooling", "a/../../b"}) {
    Json json = list({"sentence_transformers.models.Transformer"});
    json[0]["path"] = path;
    EXPECT_RKT_ERROR("RKT-1004", "is not inside the model directory", parse(json));
  }
}

TEST(Pooling, NewAndOldKeys) {
  EXPECT_EQ(pooling(R"({"embedding_dimension": 384, "pooling_mode": "mean"})"), PoolingMode::mean);
  EXPECT_EQ(pooling(R"({"pooling_mode": "cls"})"), PoolingMode::cls);
  EXPECT_EQ(pooling(R"({"pooling_mode": ["max"]})"), PoolingMode::max);
  EXPECT_EQ(pooling(R"({"pooling_mode": "mean_sqrt_len_tokens"})"), PoolingMode::mean_sqrt_len);
  EXPECT_EQ(pooling(R"({"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false})"),
            PoolingMode::cls);
  EXPECT_EQ(pooling(R"({"pooling_mode_mean_sqrt_len_tokens": true})"), PoolingMode::mean_sqrt_len);
  EXPECT_EQ(pooling(R"({"pooling_mode_max_tokens": true})"), PoolingMode::max);
}

// Pooling.load_config: no mode is the mean; the new key hides the old ones.
TEST(Pooling, DefaultsAreTheReferences) {
  EXPECT_EQ(pooling("{}"), PoolingMode::mean);
  EXPECT_EQ(pooling(R"({"pooling_mode_mean_tokens": false})"), PoolingMode::mean);
  EXPECT_EQ(pooling(R"({"pooling_mode": "cls", "pooling_mode_mean_tokens": true})"), PoolingMode::cls);
}

TEST(Pooling, WhatIsNotComputed) {
  const char* known = "this version pools by one of cls, max, mean, mean_sqrt_len_tokens";
  EXPECT_RKT_ERROR("RKT-1009", "several pooling modes at once: cls, mean",
                   pooling(R"({"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true})"));
  EXPECT_RKT_ERROR("RKT-1009", "several pooling modes at once: mean, max",
                   pooling(R"({"pooling_mode": ["mean", "max"]})"));
  EXPECT_RKT_ERROR("RKT-1009", "'lasttoken' is not known", pooling(R"({"pooling_mode": "lasttoken"})"));
  EXPECT_RKT_ERROR("RKT-1009", known, pooling(R"({"pooling_mode_weightedmean_tokens": true})"));
  EXPECT_RKT_ERROR("RKT-1009", known, pooling(R"({"pooling_mode": "median"})"));
  EXPECT_RKT_ERROR("RKT-1009", "'include_prompt' is false", pooling(R"({"include_prompt": false})"));
}

TEST(Pooling, WrongTypes) {
  EXPECT_RKT_ERROR("RKT-1004", "found array", pooling("[]"));
  EXPECT_RKT_ERROR("RKT-1004", "'pooling_mode' is number", pooling(R"({"pooling_mode": 1})"));
  EXPECT_RKT_ERROR("RKT-1004", "'pooling_mode' lists number", pooling(R"({"pooling_mode": [1]})"));
  EXPECT_RKT_ERROR("RKT-1004", "empty list", pooling(R"({"pooling_mode": []})"));
  EXPECT_RKT_ERROR("RKT-1004", "'pooling_mode_cls_token' is string",
                   pooling(R"({"pooling_mode_cls_token": "yes"})"));
}

TEST(Normalize, OnlyTheSentenceEmbedding) {
  check_normalize(Json::object(), "x");
  check_normalize(
      parse_json(R"({"module_input_name": "sentence_embedding", "module_output_name": null})", "x"), "x");
  EXPECT_RKT_ERROR("RKT-1009", "normalising 'token_embeddings'",
                   check_normalize(parse_json(R"({"module_input_name": "token_embeddings"})", "x"), "x"));
}

}  // namespace
}  // namespace rkt
