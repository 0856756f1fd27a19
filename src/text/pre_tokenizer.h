/// Pre-tokenizers: normalized text into words, which the model never looks across.
#pragma once
#include <memory>
#include <vector>

#include "text/normalized_text.h"

namespace rkt::text {

/// Immutable: used from many threads at once.
class PreTokenizer {
 public:
  PreTokenizer() = default;
  PreTokenizer(const PreTokenizer&) = delete;
  PreTokenizer& operator=(const PreTokenizer&) = delete;
  virtual ~PreTokenizer() = default;

  /// Splits each of `words`, ranges of `text` in ascending order, into smaller ones. It may rewrite `text`,
  /// as the byte-level and metaspace ones do. Words that come out are never empty.
  virtual void split(NormalizedText& text, std::vector<TextRange>& words) const = 0;
};

/// Words end at white space; each punctuation character is a word. Reference: pre_tokenizers/bert.rs.
std::unique_ptr<PreTokenizer> bert_pre_tokenizer();

/// \w+|[^\w\s]+ of the Rust regex crate. Reference: Whitespace in pre_tokenizers/whitespace.rs.
std::unique_ptr<PreTokenizer> whitespace_pre_tokenizer();

/// Words end at white space. Reference: WhitespaceSplit in pre_tokenizers/whitespace.rs.
std::unique_ptr<PreTokenizer> whitespace_split_pre_tokenizer();

/// One after the other.
std::unique_ptr<PreTokenizer> pre_tokenizer_sequence(
    std::vector<std::unique_ptr<PreTokenizer>> pre_tokenizers);

}  // namespace rkt::text
