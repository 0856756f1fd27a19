// The example of include/rkt/embedder.h, as a user writes it.
#include <array>
#include <gtest/gtest.h>
#include <numeric>

#include "rkt/embedder.h"

TEST(EmbedderExample, LikeTextsAreNear) {
  const rkt::Embedder model(RKT_MODEL_DIR);
  const std::array<std::string, 3> texts{
      "How do I reset my router?", "Restoring the factory settings of a router", "The cat sat on the mat."};
  const rkt::Embeddings e = model.embed(texts);
  const auto similarity = [&](int a, int b) {
    return std::inner_product(e.row(a).begin(), e.row(a).end(), e.row(b).begin(), 0.0F);
  };
  EXPECT_GT(similarity(0, 1), similarity(0, 2) + 0.2F);
}
