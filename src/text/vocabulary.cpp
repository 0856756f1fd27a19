#include "text/vocabulary.h"

#include <algorithm>
#include <utility>

namespace rkt::text {

void Vocabulary::reserve(size_t tokens) {
  ids_.reserve(tokens);
  tokens_.reserve(tokens);
}

bool Vocabulary::add(std::string token, int32_t id) {
  if (tokens_.count(id) != 0) return false;
  const auto [place, added] = ids_.try_emplace(std::move(token), id);
  if (!added) return false;
  tokens_.emplace(id, &place->first);
  largest_id_ = std::max(largest_id_, id);
  return true;
}

const int32_t* Vocabulary::find(std::string_view token) const {
  const auto found = ids_.find(token);
  return found == ids_.end() ? nullptr : &found->second;
}

const std::string* Vocabulary::find(int32_t id) const {
  const auto found = tokens_.find(id);
  return found == tokens_.end() ? nullptr : found->second;
}

}  // namespace rkt::text
