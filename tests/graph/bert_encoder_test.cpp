// The structure of the graphs; what they compute is tested by tests/device against the reference.
#include "graph/bert_encoder.h"

#include <gtest/gtest.h>
#include <map>
#include <onnx/onnx_pb.h>
#include <set>

#include "model/model_directory.h"
#include "support/scratch.h"

namespace rkt {
namespace {

const ModelDirectory& directory() {
  static const ModelDirectory opened = ModelDirectory::open(RKT_MODEL_DIR);
  return opened;
}

const Weights& weights() {
  static const Weights opened(RKT_MODEL_DIR);
  return opened;
}

onnx::ModelProto build(const GraphForm& form) {
  onnx::ModelProto model;
  EXPECT_TRUE(model.ParseFromString(build_bert_encoder(directory().config, weights(), form).onnx));
  return model;
}

// "1,384,1,128", with names for open dimensions.
std::string shape_of(const onnx::ValueInfoProto& value) {
  std::string text;
  for (const auto& dimension : value.type().tensor_type().shape().dim())
    text += (text.empty() ? "" : ",") +
            (dimension.has_dim_param() ? dimension.dim_param() : std::to_string(dimension.dim_value()));
  return text;
}

std::string signature(const onnx::ModelProto& model) {
  std::string text;
  for (const auto& input : model.graph().input()) text += input.name() + "[" + shape_of(input) + "] ";
  text += "-> " + model.graph().output(0).name() + "[" + shape_of(model.graph().output(0)) + "]";
  return text;
}

TEST(BertEncoder, InputsAreWhatGraphHSays) {
  using enum GraphLayout;
  using enum MaskForm;
  using enum MaskAxes;
  EXPECT_EQ(signature(build({rows, per_text, queries, 0, 0})),
            "embeddings[rows,length,384] mask[rows,1,queries,length] -> last_hidden_state[rows,length,384]");
  EXPECT_EQ(signature(build({rows, packed, queries, 2, 64})),
            "embeddings[2,64,384] mask[2,1,64,64] -> last_hidden_state[2,64,384]");
  EXPECT_EQ(signature(build({channels, packed, keys, 1, 128})),
            "embeddings[1,384,1,128] mask[1,128,1,128] -> last_hidden_state[1,384,1,128]");
  EXPECT_EQ(signature(build({channels, per_text, keys, 1, 128})),
            "embeddings[1,384,1,128] mask[1,128,1,1] -> last_hidden_state[1,384,1,128]");
  EXPECT_EQ(signature(build({channels, per_text, queries, 1, 128})),
            "embeddings[1,384,1,128] mask[1,1,1,128] -> last_hidden_state[1,384,1,128]");
  EXPECT_EQ(signature(build({channels, packed, keys, 1, 0})),
            "embeddings[1,384,1,length] mask[1,length,1,length] -> last_hidden_state[1,384,1,length]");
}

TEST(BertEncoder, NpuFormHasTheOperatorsTheCompilerFuses) {
  const onnx::ModelProto model = build({GraphLayout::channels, MaskForm::packed, MaskAxes::keys, 1, 128});
  EXPECT_EQ(model.opset_import(0).version(), 19);
  EXPECT_EQ(model.ir_version(), 8);
  std::map<std::string, int> operators;
  for (const auto& node : model.graph().node()) ++operators[node.op_type()];
  EXPECT_EQ(operators["Conv"], 4 * 6);  // fused query-key-value, attention output, up, down
  EXPECT_EQ(operators["Erf"], 6);
  EXPECT_EQ(operators["Softmax"], 6);
  EXPECT_EQ(operators["MatMul"], 2 * 6);
  EXPECT_EQ(operators["Sqrt"], 13);  // LayerNorms
  EXPECT_EQ(operators.count("LayerNormalization"), 0U);
  EXPECT_EQ(operators.count("Gelu"), 0U);
  EXPECT_EQ(operators.count("Gather"), 0U);
}

TEST(BertEncoder, EveryValueIsDefinedOnceBeforeItsUse) {
  for (const GraphLayout layout : {GraphLayout::rows, GraphLayout::channels}) {
    const onnx::ModelProto model = build({layout, MaskForm::packed, MaskAxes::queries, 1, 16});
    std::set<std::string> defined;
    for (const auto& input : model.graph().input()) EXPECT_TRUE(defined.insert(input.name()).second);
    for (const auto& constant : model.graph().initializer())
      EXPECT_TRUE(defined.insert(constant.name()).second) << constant.name();
    for (const auto& node : model.graph().node()) {
      for (const std::string& input : node.input())
        EXPECT_EQ(defined.count(input), 1U) << input << " in " << node.name();
      for (const std::string& output : node.output()) EXPECT_TRUE(defined.insert(output).second) << output;
    }
    EXPECT_EQ(defined.count(model.graph().output(0).name()), 1U);
  }
}

TEST(BertEncoder, IdTellsFormsApartAndIgnoresLengths) {
  using enum GraphLayout;
  using enum MaskForm;
  using enum MaskAxes;
  const auto id = [](const GraphForm& form) {
    return build_bert_encoder(directory().config, weights(), form).id;
  };
  EXPECT_EQ(id({channels, packed, keys, 1, 32}), id({channels, packed, keys, 1, 128}));
  EXPECT_NE(id({channels, packed, keys, 1, 32}), id({channels, per_text, keys, 1, 32}));
  EXPECT_NE(id({channels, packed, keys, 1, 32}), id({channels, packed, queries, 1, 32}));
  EXPECT_EQ(id({channels, packed, keys, 1, 32}).size(), 16U);
}

TEST(BertEncoder, LengthBeyondThePositionsIsAnError) {
  const Error error = test::error_of([] {
    build({GraphLayout::channels, MaskForm::packed, MaskAxes::keys, 1, 513});
  });
  EXPECT_EQ(error.code(), ErrorCode::length_out_of_range) << "RKT-4009";
  EXPECT_NE(error.message().find("513"), std::string::npos);
  EXPECT_NE(error.hint().find("1..512"), std::string::npos);
}

TEST(BertEncoder, WeightsOfAnotherShapeAreAnError) {
  EncoderConfig config = directory().config;
  config.intermediate = 1024;
  const Error error = test::error_of([&] { build_bert_encoder(config, weights(), {}); });
  EXPECT_EQ(error.code(), ErrorCode::tensor_missing) << "RKT-1007";
}

}  // namespace
}  // namespace rkt
