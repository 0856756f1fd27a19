/// WordPiece: the longest token from the left, again and again; a word that leaves a rest is unknown as a
/// whole.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/model.h"
#include "text/trie.h"

namespace rkt::text {

/// Reference: models/wordpiece/mod.rs. It asks a hash map for every prefix of the rest, longest first; a trie
/// finds the same token in one walk over at most as many bytes as the longest token has, however long the
/// word is.
class WordPiece final : public Model {
 public:
  struct Options {
    std::string unk_token = "[UNK]";  ///< Must be in the vocabulary.
    std::string continuing_subword_prefix = "##";
    uint64_t max_input_chars_per_word = 100;  ///< Longer words are unknown. Characters are code points.
  };

  WordPiece(Vocabulary vocabulary, const Options& options);

  void tokenize(std::string_view word, std::vector<Token>& tokens) const override;
  std::string_view type() const noexcept override { return "WordPiece"; }
  const Vocabulary& vocabulary() const noexcept override { return vocabulary_; }

 private:
  struct Entry {
    std::string_view token;
    int32_t id;
  };

  bool too_long(std::string_view word) const noexcept;

  Vocabulary vocabulary_;
  std::vector<Entry> entries_;  ///< What the tries' values index.
  Trie starting_, continuing_;  ///< All tokens; those with the prefix, without it.
  Entry unknown_;
  uint64_t max_characters_;
};

}  // namespace rkt::text
