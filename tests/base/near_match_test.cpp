#include "base/near_match.h"

#include <gtest/gtest.h>

namespace rkt {
namespace {

using Names = std::vector<std::string>;

TEST(NearMatch, CountsEdits) {
  EXPECT_EQ(edit_distance("", ""), 0);
  EXPECT_EQ(edit_distance("", "abc"), 3);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
  EXPECT_EQ(edit_distance("modle", "model"), 1) << "a swap of neighbours is one edit";
  EXPECT_EQ(edit_distance("ca", "abc"), 3)
      << "optimal string alignment, not Damerau-Levenshtein, which says 2";
}

TEST(NearMatch, NearestFirstAndAtMostThree) {
  EXPECT_EQ(near_matches("model", Names{"modell", "mode", "moodel", "models", "xyz"}),
            (Names{"mode", "modell", "models"}));
  EXPECT_EQ(near_matches("model.safetensors", Names{"modle.safetensors", "vocab.txt"}),
            (Names{"modle.safetensors"}));
}

TEST(NearMatch, NothingWhenAllDiffer) {
  EXPECT_TRUE(near_matches("ab", Names{"cd", "x", ""}).empty());
  EXPECT_TRUE(near_matches("", Names{"", "a", "ab"}).empty());
  EXPECT_TRUE(near_matches("model", Names{std::string(1 << 20, 'm')}).empty());
  EXPECT_TRUE(near_matches(std::string(257, 'm'), Names{std::string(256, 'm')}).empty());
  EXPECT_FALSE(near_matches(std::string(256, 'm'), Names{std::string(257, 'm')}).empty());
}

TEST(NearMatch, ReadsAsAQuestion) {
  EXPECT_EQ(did_you_mean("bret", Names{"bert"}), "did you mean 'bert'?");
  EXPECT_EQ(did_you_mean("layer.1", Names{"layer.0", "layer.2"}), "did you mean 'layer.0', 'layer.2'?");
  EXPECT_EQ(did_you_mean("bret", Names{"distilbert"}), "");
}

}  // namespace
}  // namespace rkt
