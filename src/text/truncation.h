/// Truncation: sequences cut to a length, the rest kept as overlapping windows.
#pragma once
#include <cstddef>
#include <vector>

#include "rkt/tokenizer.h"

namespace rkt::text {

/// Tokens that all windows of one result may have together. A pair that loses from both sides gives every
/// window of one with every window of the other, so that two long texts would fill any memory.
constexpr size_t most_window_tokens = size_t{1} << 24U;

/// `first` and, of a pair, `second` with their windows in `overflowing`; special tokens are not counted in
/// `options.max_length`. Throws RKT-2004.
/// Reference: truncate_encodings in utils/truncation.rs, which panics where the stride is not below the
/// length.
void truncate(Encoding& first, Encoding* second, const Truncation& options);

}  // namespace rkt::text
