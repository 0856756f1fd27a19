/// Reading the components of a tokenizer.json. Everything throws RKT-1008 for what is damaged and RKT-1009
/// for what this version does not know.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/quote.h"
#include "text/components.h"

namespace rkt::text {

// Embedding tables have a row per id. The largest vocabularies in use have about a million.
constexpr int64_t largest_id = (int64_t{1} << 24U) - 1;
constexpr size_t longest_token = 1024;  // bytes; the longest in use have about 200

std::unique_ptr<Normalizer> read_normalizer(const JsonView& view);
std::unique_ptr<PreTokenizer> read_pre_tokenizer(const JsonView& view);
std::unique_ptr<Model> read_model(const JsonView& view);

/// Into `components`, whose normalizer and model are there already.
void read_added_tokens(const JsonView& document, Components& components);

/// Special tokens must be those of the model and the added tokens of `components`.
PostProcessor read_post_processor(const JsonView& view, const Components& components);

/// Refuses a token that is too long with RKT-1009: a text that nearly matches it everywhere takes time in
/// proportion to the text's length times the token's.
void check_token_length(const JsonView& view, const std::string& token);

/// `kind` is "normalizer" or the like. Throws RKT-1009 with the known ones and near matches.
[[noreturn]] void fail_unknown(const JsonView& view, const char* kind, const std::string& name,
                               std::span<const std::string> known);

/// An element of the array `key`, which must be an object.
JsonView element(const JsonView& parent, const char* key, const Json& value, size_t index);

/// The elements of the array `key`, each read by `read`.
template <class Read>
auto read_each(const JsonView& view, const char* key, Read read) {
  std::vector<decltype(read(view))> results;
  for (const Json& value : view.array(key))
    results.push_back(read(element(view, key, value, results.size())));
  return results;
}

}  // namespace rkt::text
