#include "text/pre_tokenizer.h"

#include <utility>

#include "base/utf8.h"
#include "text/unicode.h"

namespace rkt::text {
namespace {

/// What a character does to the words around it. Neighbours of the same joining kind share a word.
enum class Kind { dropped, isolated, joins, joins_others };

/// A pre-tokenizer that looks at one character at a time, at its classes only.
template <class KindOf>
class ByCharacter final : public PreTokenizer {
 public:
  void split(NormalizedText& text, std::vector<TextRange>& words) const override {
    const CharClasses& classes = CharClasses::instance();
    std::vector<TextRange> smaller;
    smaller.reserve(words.size() + text.text.size() / 4);
    for (const TextRange& word : words) {
      Kind before = Kind::dropped;
      for (size_t i = word.begin; i < word.end;) {
        const auto begin = static_cast<uint32_t>(i);
        const Kind kind = KindOf{}(classes[next_code_point(text.text, i)]);
        const auto end = static_cast<uint32_t>(i);
        if (kind == before && (kind == Kind::joins || kind == Kind::joins_others))
          smaller.back().end = end;
        else if (kind != Kind::dropped)
          smaller.push_back({begin, end});
        before = kind;
      }
    }
    words = std::move(smaller);
  }
};

struct BertKind {
  Kind operator()(uint8_t classes) const noexcept {
    if ((classes & white_space) != 0) return Kind::dropped;
    return (classes & punctuation) != 0 ? Kind::isolated : Kind::joins;
  }
};

struct WhitespaceKind {
  Kind operator()(uint8_t classes) const noexcept {
    if ((classes & white_space) != 0) return Kind::dropped;
    return (classes & word) != 0 ? Kind::joins : Kind::joins_others;
  }
};

struct WhitespaceSplitKind {
  Kind operator()(uint8_t classes) const noexcept {
    return (classes & white_space) != 0 ? Kind::dropped : Kind::joins;
  }
};

class Sequence final : public PreTokenizer {
 public:
  explicit Sequence(std::vector<std::unique_ptr<PreTokenizer>> steps) : steps_(std::move(steps)) {}

  void split(NormalizedText& text, std::vector<TextRange>& words) const override {
    for (const auto& step : steps_) step->split(text, words);
  }

 private:
  std::vector<std::unique_ptr<PreTokenizer>> steps_;
};

}  // namespace

std::unique_ptr<PreTokenizer> bert_pre_tokenizer() {
  return std::make_unique<ByCharacter<BertKind>>();
}

std::unique_ptr<PreTokenizer> whitespace_pre_tokenizer() {
  return std::make_unique<ByCharacter<WhitespaceKind>>();
}

std::unique_ptr<PreTokenizer> whitespace_split_pre_tokenizer() {
  return std::make_unique<ByCharacter<WhitespaceSplitKind>>();
}

std::unique_ptr<PreTokenizer> pre_tokenizer_sequence(
    std::vector<std::unique_ptr<PreTokenizer>> pre_tokenizers) {
  return std::make_unique<Sequence>(std::move(pre_tokenizers));
}

}  // namespace rkt::text
