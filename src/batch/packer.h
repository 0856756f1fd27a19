/// Fills a batch from encodings as its plan says.
#pragma once
#include <span>

#include "rkt/tokenizer.h"

#include "batch/plan.h"
#include "device/device.h"

namespace rkt {

struct PackOptions {
  int32_t pad_id = 0;
  int32_t first_position = 0;  ///< Position of a text's first token: 0 for BERT.
};

/// encodings[span.text] fills each span; positions restart at every text. Padding has `pad_id`,
/// `first_position`, token type 0 and segment 0. Each encoding must have its span's length.
Batch pack(const BatchPlan& plan, std::span<const Encoding* const> encodings, const PackOptions& options);

}  // namespace rkt
