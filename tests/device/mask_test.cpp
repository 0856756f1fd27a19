#include "device/mask.h"

#include <gtest/gtest.h>

namespace rkt {
namespace {

constexpr float m = masked;

TEST(Mask, PerTextMasksPaddingKeys) {
  Batch batch;
  batch.rows = 2;
  batch.length = 3;
  batch.segments = {1, 1, 0, 1, 0, 0};
  ASSERT_EQ(mask_elements(batch, MaskForm::per_text), 6U);
  std::vector<float> mask(6);
  write_mask(batch, MaskForm::per_text, mask);
  EXPECT_EQ(mask, (std::vector<float>{0, 0, m, 0, m, m}));
}

TEST(Mask, PackedIsBlockDiagonalAndPaddingSeesItself) {
  Batch batch;
  batch.rows = 1;
  batch.length = 5;
  batch.segments = {1, 1, 2, 0, 0};
  ASSERT_EQ(mask_elements(batch, MaskForm::packed), 25U);
  std::vector<float> mask(25);
  write_mask(batch, MaskForm::packed, mask);
  EXPECT_EQ(mask, (std::vector<float>{0, 0, m, m, m,  //
                                      0, 0, m, m, m,  //
                                      m, m, 0, m, m,  //
                                      m, m, m, 0, m,  //
                                      m, m, m, m, 0}));
}

}  // namespace
}  // namespace rkt
