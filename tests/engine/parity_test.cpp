// The CPU device against sentence-transformers, and the ways of batching against each other.
#include <gtest/gtest.h>
#include <thread>

#include "rkt/embedder.h"

#include "support/golden.h"
#include "tolerances.h"

namespace rkt {
namespace {

const Embedder& model() {
  static const Embedder loaded(RKT_MODEL_DIR, {DeviceKind::cpu, 2, Precision::f32});
  return loaded;
}

void expect_equal_to_golden(const Embeddings& result, const test::Golden& golden) {
  ASSERT_EQ(result.rows, static_cast<int>(golden.texts.size()));
  ASSERT_EQ(result.dim, golden.dim);
  for (int i = 0; i < result.rows; ++i) {
    EXPECT_GE(test::cosine(result.row(i), golden.row(static_cast<size_t>(i))), tolerance::cpu_cosine)
        << "text " << i;
    EXPECT_LE(test::max_abs_difference(result.row(i), golden.row(static_cast<size_t>(i))),
              tolerance::cpu_max_abs)
        << "text " << i;
  }
}

TEST(Parity, SortedBatchesEqualSentenceTransformers) {
  const test::Golden golden = test::golden_embeddings();
  expect_equal_to_golden(model().embed(golden.texts), golden);
}

TEST(Parity, PackedRowsEqualSentenceTransformers) {
  const test::Golden golden = test::golden_embeddings();
  EmbedOptions options;
  options.batching = Batching::packed;
  expect_equal_to_golden(model().embed(golden.texts, options), golden);
}

TEST(Parity, BatchRowEqualsSingleRow) {
  const test::Golden golden = test::golden_embeddings();
  const Embeddings together = model().embed(golden.texts);
  EmbedOptions packed_options;
  packed_options.batching = Batching::packed;
  const Embeddings packed = model().embed(golden.texts, packed_options);
  for (size_t i = 0; i < golden.texts.size(); ++i) {
    const Embeddings alone = model().embed(std::span(&golden.texts[i], 1));
    const int row = static_cast<int>(i);
    EXPECT_LE(test::max_abs_difference(alone.row(0), together.row(row)), tolerance::same_engine_max_abs) << i;
    EXPECT_LE(test::max_abs_difference(alone.row(0), packed.row(row)), tolerance::same_engine_max_abs) << i;
    EXPECT_EQ(alone.tokens[0], together.tokens[i]);
  }
}

TEST(Parity, ThreadsShareOneModel) {
  const test::Golden golden = test::golden_embeddings();
  const Embeddings expected = model().embed(golden.texts);
  std::vector<Embeddings> results(4);
  std::vector<std::thread> threads;
  for (Embeddings& result : results) threads.emplace_back([&] { result = model().embed(golden.texts); });
  for (std::thread& thread : threads) thread.join();
  for (const Embeddings& result : results)
    EXPECT_LE(test::max_abs_difference(result.values, expected.values), tolerance::same_engine_max_abs);
}

}  // namespace
}  // namespace rkt
