/// The step that turns a word into tokens.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/vocabulary.h"

namespace rkt::text {

/// Views of the model's own strings.
struct Token {
  int32_t id = 0;
  std::string_view value;
  uint32_t begin = 0, end = 0;  ///< Bytes of the word.
};

/// Immutable: used from many threads at once.
class Model {
 public:
  Model() = default;
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;
  virtual ~Model() = default;

  /// Appends the tokens of one word that is not empty.
  virtual void tokenize(std::string_view word, std::vector<Token>& tokens) const = 0;

  virtual std::string_view type() const noexcept = 0;  ///< As tokenizer.json spells it.
  virtual const Vocabulary& vocabulary() const noexcept = 0;
};

}  // namespace rkt::text
