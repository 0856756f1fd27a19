/// What a tokenizer.json consists of, ready to run.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "rkt/tokenizer.h"

#include "text/added_tokens.h"
#include "text/model.h"
#include "text/normalizer.h"
#include "text/post_processor.h"
#include "text/pre_tokenizer.h"
#include "text/vocabulary.h"

namespace rkt::text {

/// In the order in which a text passes them.
struct Components {
  AddedTokens added_tokens;
  std::unique_ptr<Normalizer> normalizer;       ///< Null: none.
  std::unique_ptr<PreTokenizer> pre_tokenizer;  ///< Null: the whole text is one word.
  std::unique_ptr<Model> model;
  PostProcessor post_processor;
  std::optional<Truncation>
      truncation;  ///< The document's; a direction of Left is read as Right, with a warning.

  Vocabulary added_vocabulary;  ///< Spellings of added tokens that the model does not know.

  /// The id of a token, be it added or the model's; null if unknown. And the other way round.
  const int32_t* find(std::string_view token) const {
    const int32_t* id = added_vocabulary.find(token);
    return id != nullptr ? id : model->vocabulary().find(token);
  }
  const std::string* find(int32_t id) const {
    const std::string* token = added_vocabulary.find(id);
    return token != nullptr ? token : model->vocabulary().find(id);
  }
};

/// Reads a document. `where` names it in errors. Throws RKT-1003, RKT-1008, RKT-1009.
Components read_tokenizer_json(std::string_view json, const std::string& where);

}  // namespace rkt::text
