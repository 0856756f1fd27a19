/// Added tokens: spellings that are cut out of the text before anything else sees it.
#pragma once
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/normalized_text.h"
#include "text/normalizer.h"
#include "text/trie.h"

namespace rkt::text {

struct AddedToken {
  int32_t id = 0;
  std::string content;
  bool single_word = false;  ///< Not where a \w character touches it.
  bool lstrip = false;       ///< Takes the white space before it.
  bool rstrip = false;       ///< Takes the white space behind it.
  bool normalized = true;    ///< Matched normalized in the normalized text, else as spelled in the original.
  bool special = false;      ///< For decoders; matching ignores it.
};

/// A stretch of text: an added token, or text between them.
struct Piece {
  TextRange range;
  std::optional<int32_t> id;
};

/// Immutable after the last add(). A split takes time in proportion to the text, times the longest spelling
/// if the text nearly matches it everywhere. Reference: AddedVocabulary in tokenizer/added_vocabulary.rs.
class AddedTokens {
 public:
  /// Of two tokens whose normalized spellings are the same the first stays (the reference takes one at
  /// random). False, and nothing added, for white space with rstrip: each blank of n would match with all
  /// blanks behind it, and the spellings of the tokens would be n * n bytes long.
  bool add(const AddedToken& token, const Normalizer* normalizer);

  /// Pieces of the original text, none empty, cut at the tokens that are not normalized: leftmost, then
  /// longest.
  std::vector<Piece> split_original(std::string_view text) const { return split(text, as_spelled_); }

  /// Pieces of a normalized text, cut at the others.
  std::vector<Piece> split_normalized(std::string_view text) const { return split(text, normalized_); }

 private:
  struct Matcher {
    Trie trie;
    std::bitset<256> first_bytes;  ///< Most bytes of a text start no token: not worth a walk.
    bool empty() const { return first_bytes.none(); }
  };

  std::vector<Piece> split(std::string_view text, const Matcher& matcher) const;

  std::vector<AddedToken> tokens_;  ///< What the tries' values index.
  Matcher as_spelled_, normalized_;
};

}  // namespace rkt::text
