#include "text/added_tokens.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/unicode.h"

namespace rkt::text {
namespace {

/// Start of the character that ends at `end`, which is greater than 0.
size_t character_before(std::string_view text, size_t end) {
  do --end;
  while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U);
  return end;
}

bool has_class(std::string_view text, size_t position, CharClass wanted) {
  return (CharClasses::instance()[next_code_point(text, position)] & wanted) != 0;
}

bool touches_word(std::string_view text, size_t begin, size_t end) {
  return (begin > 0 && has_class(text, character_before(text, begin), word)) ||
         (end < text.size() && has_class(text, end, word));
}

size_t skip_white_space_back(std::string_view text, size_t position, size_t limit) {
  while (position > limit) {
    const size_t before = character_before(text, position);
    if (!has_class(text, before, white_space)) break;
    position = before;
  }
  return position;
}

size_t skip_white_space(std::string_view text, size_t position) {
  while (position < text.size() && has_class(text, position, white_space)) next_code_point(text, position);
  return position;
}

}  // namespace

bool AddedTokens::add(const AddedToken& token, const Normalizer* normalizer) {
  Matcher& matcher = token.normalized ? normalized_ : as_spelled_;
  NormalizedText spelling = NormalizedText::identity(token.content, 0);
  if (token.normalized && normalizer != nullptr) normalizer->normalize(spelling);
  if (spelling.text.empty()) return true;
  if (token.rstrip && skip_white_space(spelling.text, 0) == spelling.text.size()) return false;
  matcher.trie.insert(spelling.text, static_cast<int32_t>(tokens_.size()));
  matcher.first_bytes.set(static_cast<unsigned char>(spelling.text.front()));
  tokens_.push_back(token);
  return true;
}

std::vector<Piece> AddedTokens::split(std::string_view text, const Matcher& matcher) const {
  std::vector<Piece> pieces;
  const auto add = [&](size_t begin, size_t end, std::optional<int32_t> id) {
    if (begin < end) pieces.push_back({{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, id});
  };
  size_t done = 0;
  for (size_t i = 0; !matcher.empty() && i < text.size();) {
    const bool possible = matcher.first_bytes[static_cast<unsigned char>(text[i])];
    const Trie::Match match = possible ? matcher.trie.longest_match(text.substr(i)) : Trie::Match{};
    if (match.length == 0) {
      ++i;
      continue;
    }
    size_t begin = i, end = i + match.length;
    i = end;
    const AddedToken& token = tokens_[static_cast<size_t>(match.value)];
    if (token.single_word && touches_word(text, begin, end)) continue;
    // As in the reference the search goes on behind the match, not behind the white space that rstrip takes:
    // a token that starts with white space takes some of it again, unless it has lstrip.
    if (token.lstrip) begin = std::max(skip_white_space_back(text, begin, std::min(begin, done)), done);
    if (token.rstrip) end = skip_white_space(text, end);
    add(done, begin, std::nullopt);
    add(begin, end, token.id);
    done = end;
  }
  add(done, text.size(), std::nullopt);
  return pieces;
}

}  // namespace rkt::text
