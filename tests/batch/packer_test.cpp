#include "batch/packer.h"

#include <gtest/gtest.h>

namespace rkt {
namespace {

Encoding encoding(std::vector<int32_t> ids, std::vector<int32_t> types) {
  Encoding e;
  e.ids = std::move(ids);
  e.type_ids = std::move(types);
  return e;
}

TEST(Packer, FillsRowsAndPadding) {
  const Encoding a = encoding({101, 7, 102}, {0, 0, 1}), b = encoding({101, 102}, {0, 0});
  const std::vector<const Encoding*> encodings{&a, &b};
  const Batch batch =
      pack({2, 4, {{1, 0, 0, 2}, {0, 1, 0, 3}}}, encodings, {.pad_id = 9, .first_position = 0});
  EXPECT_EQ(batch.ids, (std::vector<int32_t>{101, 102, 9, 9, 101, 7, 102, 9}));
  EXPECT_EQ(batch.positions, (std::vector<int32_t>{0, 1, 0, 0, 0, 1, 2, 0}));
  EXPECT_EQ(batch.token_types, (std::vector<int32_t>{0, 0, 0, 0, 0, 0, 1, 0}));
  EXPECT_EQ(batch.segments, (std::vector<int32_t>{1, 1, 0, 0, 1, 1, 1, 0}));
  EXPECT_TRUE(batch.one_text_per_row);
}

TEST(Packer, PositionsRestartAtEveryText) {
  const Encoding a = encoding({1, 2, 3}, {0, 0, 0}), b = encoding({4, 5}, {0, 0});
  const std::vector<const Encoding*> encodings{&a, &b};
  const Batch batch =
      pack({1, 6, {{0, 0, 0, 3}, {1, 0, 3, 2}}}, encodings, {.pad_id = 0, .first_position = 2});
  EXPECT_EQ(batch.ids, (std::vector<int32_t>{1, 2, 3, 4, 5, 0}));
  EXPECT_EQ(batch.positions, (std::vector<int32_t>{2, 3, 4, 2, 3, 2}));
  EXPECT_EQ(batch.segments, (std::vector<int32_t>{1, 1, 1, 2, 2, 0}));
  EXPECT_FALSE(batch.one_text_per_row);
}

}  // namespace
}  // namespace rkt
