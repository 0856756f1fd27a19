#include "text/wordpiece.h"

#include <utility>

namespace rkt::text {

WordPiece::WordPiece(Vocabulary vocabulary, const Options& options)
    : vocabulary_(std::move(vocabulary)),
      unknown_{*vocabulary_.find(*vocabulary_.find(options.unk_token)), *vocabulary_.find(options.unk_token)},
      max_characters_(options.max_input_chars_per_word) {
  const std::string& prefix = options.continuing_subword_prefix;
  entries_.reserve(vocabulary_.size());
  for (const auto& [token, id] : vocabulary_.ids()) {
    const auto entry = static_cast<int32_t>(entries_.size());
    entries_.push_back({token, id});
    if (!token.empty()) starting_.insert(token, entry);
    if (token.size() > prefix.size() && token.starts_with(prefix))
      continuing_.insert(std::string_view(token).substr(prefix.size()), entry);
  }
}

bool WordPiece::too_long(std::string_view word) const noexcept {
  if (word.size() <= max_characters_) return false;
  uint64_t characters = 0;
  for (const char byte : word) characters += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U ? 1 : 0;
  return characters > max_characters_;
}

void WordPiece::tokenize(std::string_view word, std::vector<Token>& tokens) const {
  const size_t before = tokens.size();
  const auto unknown = [&] {
    tokens.resize(before);
    tokens.push_back({unknown_.id, unknown_.token, 0, static_cast<uint32_t>(word.size())});
  };
  if (too_long(word)) return unknown();
  for (size_t begin = 0; begin < word.size();) {
    const Trie::Match match = (begin == 0 ? starting_ : continuing_).longest_match(word.substr(begin));
    if (match.length == 0) return unknown();
    const Entry& entry = entries_[static_cast<size_t>(match.value)];
    const size_t end = begin + match.length;
    tokens.push_back({entry.id, entry.token, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
    begin = end;
  }
}

}  // namespace rkt::text
