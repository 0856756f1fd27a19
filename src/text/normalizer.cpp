#include "text/normalizer.h"

#include <utility>

#include "base/utf8.h"
#include "text/decomposer.h"
#include "text/unicode.h"

namespace rkt::text {
namespace {

/// Replaces `text` by what rewrite(input, output) makes of its characters.
template <class Rewrite>
void rewrite(NormalizedText& text, Rewrite rewrite_into) {
  NormalizedText output;
  output.reserve(text.text.size() + text.text.size() / 8);
  rewrite_into(std::as_const(text), output);
  check_normalized_size(output.text.size());
  text = std::move(output);
}

/// Calls visit(code point, classes, origin) for every character.
template <class Visit>
void for_each_character(const NormalizedText& text, Visit visit) {
  const CharClasses& classes = CharClasses::instance();
  for (size_t i = 0; i < text.text.size();) {
    const ByteSpan origin = text.origins[i];
    const auto byte = static_cast<unsigned char>(text.text[i]);
    const char32_t point = byte < 0x80 ? (++i, byte) : next_code_point(text.text, i);
    visit(point, classes[point], origin);
  }
}

void append_lower(NormalizedText& output, char32_t point, uint8_t classes, ByteSpan origin) {
  if (point < 0x80)
    output.append((classes & upper_case) != 0 ? point + 32 : point, origin);
  else if ((classes & upper_case) == 0)
    output.append(point, origin);
  else
    for (const char32_t lower : lower_case(point)) output.append(lower, origin);
}

class BertNormalizer final : public Normalizer {
 public:
  explicit BertNormalizer(const BertNormalizerOptions& options)
      : options_(options), strip_accents_(options.strip_accents.value_or(options.lowercase)) {}

  void normalize(NormalizedText& text) const override {
    rewrite(text, [this](const NormalizedText& input, NormalizedText& output) { run(input, output); });
  }

 private:
  // The reference makes one pass a step; its steps look at one character at a time, decomposition at one run
  // of marks, so that one pass over all of them gives the same.
  void run(const NormalizedText& input, NormalizedText& output) const {
    const CharClasses& classes = CharClasses::instance();
    const auto finish = [&](char32_t point, ByteSpan origin) {
      const uint8_t bits = classes[point];
      if (strip_accents_ && (bits & nonspacing) != 0) return;
      if (options_.lowercase)
        append_lower(output, point, bits, origin);
      else
        output.append(point, origin);
    };
    Decomposer decomposer(finish);
    const auto decompose = [&](char32_t point, uint8_t bits, ByteSpan origin) {
      if (strip_accents_)
        decomposer.push(point, bits, origin);
      else
        finish(point, origin);
    };
    for_each_character(input, [&](char32_t point, uint8_t bits, ByteSpan origin) {
      if (options_.clean_text) {
        const bool line_or_tab = point == U'\t' || point == U'\n' || point == U'\r';
        if ((bits & removed) != 0 && !line_or_tab) return;
        if ((bits & white_space) != 0) bits = classes[point = U' '];
      }
      const bool spaced = options_.handle_chinese_chars && is_chinese(point);
      if (spaced) decompose(U' ', classes[U' '], origin);
      decompose(point, bits, origin);
      if (spaced) decompose(U' ', classes[U' '], origin);
    });
    decomposer.flush();
  }

  BertNormalizerOptions options_;
  bool strip_accents_;
};

class Lowercase final : public Normalizer {
 public:
  void normalize(NormalizedText& text) const override {
    rewrite(text, [](const NormalizedText& input, NormalizedText& output) {
      for_each_character(input, [&](char32_t point, uint8_t bits, ByteSpan origin) {
        append_lower(output, point, bits, origin);
      });
    });
  }
};

class Nfd final : public Normalizer {
 public:
  void normalize(NormalizedText& text) const override {
    rewrite(text, [](const NormalizedText& input, NormalizedText& output) {
      Decomposer decomposer([&](char32_t point, ByteSpan origin) { output.append(point, origin); });
      for_each_character(input, [&](char32_t point, uint8_t bits, ByteSpan origin) {
        decomposer.push(point, bits, origin);
      });
      decomposer.flush();
    });
  }
};

class StripAccents final : public Normalizer {
 public:
  void normalize(NormalizedText& text) const override {
    rewrite(text, [](const NormalizedText& input, NormalizedText& output) {
      for_each_character(input, [&](char32_t point, uint8_t bits, ByteSpan origin) {
        if ((bits & combining) == 0) output.append(point, origin);
      });
    });
  }
};

class Sequence final : public Normalizer {
 public:
  explicit Sequence(std::vector<std::unique_ptr<Normalizer>> normalizers)
      : normalizers_(std::move(normalizers)) {}

  void normalize(NormalizedText& text) const override {
    for (const auto& normalizer : normalizers_) normalizer->normalize(text);
  }

 private:
  std::vector<std::unique_ptr<Normalizer>> normalizers_;
};

}  // namespace

std::unique_ptr<Normalizer> bert_normalizer(const BertNormalizerOptions& options) {
  return std::make_unique<BertNormalizer>(options);
}

std::unique_ptr<Normalizer> lowercase_normalizer() {
  return std::make_unique<Lowercase>();
}

std::unique_ptr<Normalizer> nfd_normalizer() {
  return std::make_unique<Nfd>();
}

std::unique_ptr<Normalizer> strip_accents_normalizer() {
  return std::make_unique<StripAccents>();
}

std::unique_ptr<Normalizer> normalizer_sequence(std::vector<std::unique_ptr<Normalizer>> normalizers) {
  return std::make_unique<Sequence>(std::move(normalizers));
}

}  // namespace rkt::text
