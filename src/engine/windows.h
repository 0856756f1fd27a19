/// Texts to encodings that fit the model: errors, truncation or chunks for those that do not.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "rkt/embedder.h"
#include "rkt/tokenizer.h"

#include "model/model_directory.h"

namespace rkt {

/// Windows in the order of their texts. `encodings` points into `owned`.
struct Windows {
  std::vector<Encoding> owned;
  std::vector<const Encoding*> encodings;
  std::vector<int> text_of;          ///< [windows] index of the text.
  std::vector<int> count_of_text;    ///< [texts] windows of the text, at least 1.
  std::vector<int> tokens_per_text;  ///< [texts] tokens over all windows.
};

/// tokenizer.encode(text, options), whose errors then name the text by its index among the caller's.
Encoding encode_one(const Tokenizer& tokenizer, std::string_view text, size_t index,
                    const EncodeOptions& options);

/// The tokens a text may have: `asked`, or the model's own limit if that is 0. Throws RKT-4009 out of range.
int limit_of(const ModelDirectory& directory, int asked);

/// Throws RKT-2001, RKT-2002 a text without tokens, and RKT-2003, all with the index of the text.
Windows encode_windows(const Tokenizer& tokenizer, std::span<const std::string_view> texts, int limit,
                       Overflow overflow);

}  // namespace rkt
