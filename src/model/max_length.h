/// How long a text may be, as sentence-transformers' and transformers' files say it.
#pragma once
#include <optional>
#include <string>

#include "base/json.h"

namespace rkt {

/// max_seq_length of sentence_bert_config.json, at most `positions`; nothing if it does not say.
/// Throws RKT-1004 not a positive integer.
std::optional<int> parse_max_seq_length(const Json& json, int positions, const std::string& where);

/// model_max_length of tokenizer_config.json, at most `positions`, which is also the default.
/// Throws RKT-1004 not a number of at least 1.
int parse_model_max_length(const Json& json, int positions, const std::string& where);

}  // namespace rkt
