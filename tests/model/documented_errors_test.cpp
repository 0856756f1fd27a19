// docs/errors.md shows what the code says.
#include "base/documented.h"
#include "base/support.h"
#include "model/config.h"
#include "model/file_bytes.h"
#include "model/sentence_modules.h"
#include "model/weights.h"

namespace rkt {
namespace {

using test::documented_error;
using test::error_of;

TEST(DocumentedErrors, Configurations) {
  const Json heads = {{"model_type", "bert"}, {"hidden_size", 384}, {"num_attention_heads", 7}};
  EXPECT_EQ(error_of([&] { parse_encoder_config(heads, "all-minilm/config.json"); }),
            documented_error(ErrorCode::config_invalid));
  EXPECT_EQ(error_of([&] {
              parse_encoder_config({{"model_type", "llama"}}, "llama/config.json");
            }),
            documented_error(ErrorCode::architecture_unknown));
  const Json modules = {{{"type", "sentence_transformers.models.Transformer"}, {"path", ""}},
                        {{"type", "sentence_transformers.models.Dense"}, {"path", "2_Dense"}}};
  EXPECT_EQ(error_of([&] { parse_modules(modules, "model/modules.json"); }),
            documented_error(ErrorCode::feature_unsupported));
}

TEST(DocumentedErrors, WeightFiles) {
  const test::TemporaryDirectory directory;
  const test::WorkingDirectory here(directory.path());
  directory.write("all-minilm/modle.safetensors", "");
  EXPECT_EQ(error_of([] { const Weights weights("all-minilm"); }),
            documented_error(ErrorCode::path_not_found));
  std::filesystem::create_symlink(std::filesystem::path(RKT_MODEL_DIR) / "model.safetensors",
                                  directory / "all-minilm/model.safetensors");
  const Weights weights("all-minilm");
  EXPECT_EQ(error_of([&] {
              weights.tensor("embeddings.word_embeddings.weight", {30522, 768});
            }),
            documented_error(ErrorCode::tensor_missing));
}

TEST(DocumentedErrors, DamagedWeights) {
  const std::string bytes = test::safetensors_bytes(
      R"({"t":{"dtype":"F32","shape":[22717184],"data_offsets":[0,90868736]}})", std::string(4194304, '\0'));
  EXPECT_EQ(error_of([&] { Safetensors::parse(test::as_bytes(bytes), "all-minilm/model.safetensors"); }),
            documented_error(ErrorCode::weights_invalid));
}

}  // namespace
}  // namespace rkt
