#include "text/documents.h"

namespace rkt::test {

Json bert_document() {
  return parse_json(R"({
    "version": "1.0",
    "truncation": null,
    "padding": null,
    "added_tokens": [{"id": 4, "content": "[MASK]", "single_word": false, "lstrip": false, "rstrip": false,
                      "normalized": false, "special": true}],
    "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null,
                   "lowercase": true},
    "pre_tokenizer": {"type": "BertPreTokenizer"},
    "post_processor": {
      "type": "TemplateProcessing",
      "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                 {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
      "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
               {"SpecialToken": {"id": "[SEP]", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}},
               {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
      "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
                         "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}
    },
    "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
    "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
              "max_input_chars_per_word": 100,
              "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4, "a": 5, "b": 6, "c": 7, "##b": 8,
                        "##c": 9, "un": 10, "##believ": 11, "##able": 12, "hello": 13, ",": 14, "!": 15}}
  })",
                    "bert_document");
}

Json with(Json document, const std::string& path, Json value) {
  document[Json::json_pointer(path)] = std::move(value);
  return document;
}

Json with_added_token(const std::string& content, const Json& changes) {
  Json token = {{"id", 16},        {"content", content}, {"single_word", false}, {"lstrip", false},
                {"rstrip", false}, {"normalized", true}, {"special", false}};
  token.update(changes);
  return with(bert_document(), "/added_tokens/-", token);
}

Tokenizer tokenizer_of(const Json& document) {
  return Tokenizer::from_json(document.dump());
}

std::string refusal_of(const std::string& document) {
  return error_of([&] { Tokenizer::from_json(document); });
}

}  // namespace rkt::test
