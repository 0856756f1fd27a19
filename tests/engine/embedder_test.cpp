#include "rkt/embedder.h"

#include <gtest/gtest.h>

#include "rkt/log.h"

#include "support/golden.h"
#include "support/scratch.h"
#include "tolerances.h"

namespace rkt {
namespace {

const Embedder& model() {
  static const Embedder loaded(RKT_MODEL_DIR, {DeviceKind::cpu, 2, Precision::f32});
  return loaded;
}

std::string repeated(const std::string& word, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += word + " ";
  return text;
}

TEST(Embedder, KnowsItsModel) {
  EXPECT_EQ(model().dim(), 384);
  EXPECT_EQ(model().max_tokens(), 256);
  EXPECT_NE(model().device().find("OpenVINO"), std::string::npos);
  EXPECT_NE(model().device().find("float32"), std::string::npos);
}

TEST(Embedder, NoTextsGiveNoRows) {
  const Embeddings result = model().embed(std::span<const std::string>{});
  EXPECT_EQ(result.rows, 0);
  EXPECT_TRUE(result.values.empty());
}

TEST(Embedder, LongTextIsAnErrorByDefault) {
  const std::vector<std::string> texts{"short", repeated("word", 300)};
  const Error error = test::error_of([&] { model().embed(texts); });
  EXPECT_STREQ(error.what(), "RKT-2003: text 1 has 302 tokens; the limit is 256");
  EXPECT_NE(error.hint().find("--overflow truncate"), std::string::npos);
}

TEST(Embedder, InvalidUtf8NamesItsText) {
  const std::vector<std::string> texts{"fine", "also fine", "bad \xff byte"};
  const Error error = test::error_of([&] { model().embed(texts); });
  EXPECT_EQ(error.code(), ErrorCode::utf8_invalid);
  EXPECT_NE(std::string(error.what()).find("RKT-2001: text 2:"), std::string::npos) << error.what();
}

TEST(Embedder, TruncationEqualsTheTruncatedText) {
  EmbedOptions options;
  options.overflow = Overflow::truncate;
  options.max_length = 12;
  const std::vector<std::string> texts{repeated("word", 300), repeated("word", 10)};
  const Embeddings result = model().embed(texts, options);
  EXPECT_EQ(result.tokens, (std::vector<int>{12, 12}));
  EXPECT_LE(test::max_abs_difference(result.row(0), result.row(1)), tolerance::same_engine_max_abs);
}

TEST(Embedder, ChunksAreTheTokenWeightedMeanOfTheirWindows) {
  EmbedOptions options;
  options.overflow = Overflow::chunk;
  options.max_length = 12;  // ten words a window
  const std::vector<std::string> texts{repeated("red", 10) + repeated("blue", 4)};
  const Embeddings chunked = model().embed(texts, options);
  EXPECT_EQ(chunked.tokens[0], 12 + 6);

  const std::vector<std::string> windows{repeated("red", 10), repeated("blue", 4)};
  const Embeddings parts = model().embed(windows);
  // The windows' vectors are of unit length, the chunks' mean is taken before: only the plane they span is
  // known.
  std::vector<float> in_plane(chunked.row(0).begin(), chunked.row(0).end());
  const double ab = test::cosine(parts.row(0), parts.row(1));
  const double ca = test::cosine(chunked.row(0), parts.row(0)),
               cb = test::cosine(chunked.row(0), parts.row(1));
  const double a = (ca - ab * cb) / (1 - ab * ab), b = (cb - ab * ca) / (1 - ab * ab);
  for (int i = 0; i < chunked.dim; ++i)
    in_plane[static_cast<size_t>(i)] -= static_cast<float>(a * parts.row(0)[static_cast<size_t>(i)] +
                                                           b * parts.row(1)[static_cast<size_t>(i)]);
  for (const float rest : in_plane) EXPECT_NEAR(rest, 0, tolerance::cpu_max_abs);
  EXPECT_GT(a, b);  // more tokens are red
  EXPECT_GT(b, 0);
}

TEST(Embedder, MaximumLengthHasARange) {
  for (const int length : {1, 2, 513, -1}) {
    EmbedOptions options;
    options.max_length = length;
    const std::vector<std::string> texts{"a"};
    const Error error = test::error_of([&] { model().embed(texts, options); });
    EXPECT_EQ(error.code(), ErrorCode::length_out_of_range) << "RKT-4009";
    EXPECT_NE(error.message().find("3..512"), std::string::npos);
  }
}

TEST(Embedder, MissingNpuIsAnErrorNotAFallback) {
  const Error error = test::error_of([] { Embedder(RKT_MODEL_DIR, {DeviceKind::npu, 0, Precision::f32}); });
  EXPECT_EQ(error.code(), ErrorCode::device_unavailable) << "RKT-3001";
}

TEST(Embedder, AutomaticSaysWhatItTook) {
  std::string said;
  set_log_callback([&](LogLevel, std::string_view message) { said += message; });
  const Embedder automatic(RKT_MODEL_DIR);
  set_log_callback({});
  EXPECT_NE(said.find("device: OpenVINO"), std::string::npos) << said;
}

}  // namespace
}  // namespace rkt
