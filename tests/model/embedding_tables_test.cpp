#include "model/embedding_tables.h"

#include "base/json.h"
#include "base/support.h"

namespace rkt {
namespace {

namespace fs = std::filesystem;
const fs::path golden = fs::path(RKT_SOURCE_DIR) / "tests/model/golden";

EncoderConfig config_of(const fs::path& directory) {
  return parse_encoder_config(read_json(directory / "config.json"), "config.json");
}

using Ids = std::vector<int32_t>;

// Sums by transformers' BertEmbeddings, before its LayerNorm (golden/make_goldens.py): equal to the last bit.
TEST(EmbeddingTables, SumsAsTheReference) {
  const Json expected = read_json(golden / "sums.json");
  for (const char* model : {"tiny", "tiny_sharded"}) {
    const Weights weights(golden / model);
    const EmbeddingTables tables(config_of(golden / model), weights);
    EXPECT_EQ(tables.hidden(), 8);
    std::vector<float> sums(expected["sums"].size());
    tables.lookup(expected["ids"].get<Ids>(), expected["positions"].get<Ids>(), expected["types"].get<Ids>(),
                  sums);
    EXPECT_EQ(sums, expected["sums"].get<std::vector<float>>()) << model;
  }
}

TEST(EmbeddingTables, HalfTablesAreSummedInFloat32) {
  // word 1, position 2^-11, type 2^-11: in half precision 1 + 2^-11 would round to 1, twice
  const uint16_t word = 0x3C00, small = 0x1000;
  const auto view = [](const uint16_t& value) {
    return TensorView{DType::f16, {1, 1}, std::as_bytes(std::span(&value, 1))};
  };
  const test::TemporaryDirectory directory;
  write_safetensors(directory / "model.safetensors",
                    {{"embeddings.word_embeddings.weight", view(word)},
                     {"embeddings.position_embeddings.weight", view(small)},
                     {"embeddings.token_type_embeddings.weight", view(small)}});
  EncoderConfig config;
  config.hidden = config.vocab_size = config.max_positions = config.type_vocab_size = 1;
  const Weights weights(directory.path());
  float sum = 0;
  EmbeddingTables(config, weights).lookup(Ids{0}, Ids{0}, Ids{0}, {&sum, 1});
  EXPECT_EQ(sum, 1.0F + 0x1p-10F);
}

TEST(EmbeddingTables, ValuesOutsideTheTables) {
  const Weights weights(golden / "tiny");
  const EmbeddingTables tables(config_of(golden / "tiny"), weights);
  std::vector<float> out(16);
  const auto lookup = [&](const Ids& ids, const Ids& positions, const Ids& types) {
    tables.lookup(ids, positions, types, out);
  };
  lookup({10, 0}, {6, 0}, {1, 0});
  EXPECT_RKT_ERROR("RKT-2002", "id 11 at index 1 is outside of 0..10", lookup({0, 11}, {0, 1}, {0, 0}));
  EXPECT_RKT_ERROR("RKT-2002", "id -1 at index 0", lookup({-1, 0}, {0, 1}, {0, 0}));
  EXPECT_RKT_ERROR("RKT-2002", "position 7 at index 0 is outside of 0..6", lookup({0, 0}, {7, 1}, {0, 0}));
  EXPECT_RKT_ERROR("RKT-2002", "token type 2 at index 1 is outside of 0..1", lookup({0, 0}, {0, 1}, {0, 2}));
  EXPECT_RKT_ERROR("RKT-2002", "2 ids, 1 positions", lookup({0, 0}, {0}, {0, 0}));
  EXPECT_RKT_ERROR("RKT-2002", "room for 16 floats", lookup({0}, {0}, {0}));
  tables.lookup({}, {}, {}, {});
}

TEST(EmbeddingTables, TablesThatDoNotFit) {
  const Weights weights(golden / "tiny");
  EncoderConfig config = config_of(golden / "tiny");
  config.vocab_size = 12;
  EXPECT_RKT_ERROR("RKT-1007", "has shape [11, 8]; [12, 8] is expected", EmbeddingTables(config, weights));
  for (const std::string& name : EmbeddingTables::names())
    EXPECT_TRUE(weights.tensors().contains(name)) << name;
}

}  // namespace
}  // namespace rkt
