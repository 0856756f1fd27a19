/// Small tokenizer.json documents for tests.
#pragma once
#include <string>
#include <string_view>

#include "rkt/error.h"
#include "rkt/tokenizer.h"

#include "base/json.h"
#include "base/support.h"

namespace rkt::test {

/// BERT with the vocabulary [PAD] [UNK] [CLS] [SEP] [MASK] a b c ##b ##c un ##believ ##able hello , ! at ids
/// 0..15; [CLS] and [SEP] around texts, types 0 and 1, [MASK] an added token.
Json bert_document();

/// `text` with the member at JSON pointer `path` replaced or added.
Json with(Json document, const std::string& path, Json value);

/// An added token of the next free id, 16, with the flags of `changes`.
Json with_added_token(const std::string& content, const Json& changes);

Tokenizer tokenizer_of(const Json& document);

/// "RKT-1008: message" of the error that reading the document gives; "nothing thrown" if it gives none.
std::string refusal_of(const std::string& document);

}  // namespace rkt::test
