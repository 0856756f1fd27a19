/// Normalizers: the first step after the added tokens are cut out.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "text/normalized_text.h"

namespace rkt::text {

/// Rewrites the text and keeps its origins true. Immutable: used from many threads at once.
class Normalizer {
 public:
  Normalizer() = default;
  Normalizer(const Normalizer&) = delete;
  Normalizer& operator=(const Normalizer&) = delete;
  virtual ~Normalizer() = default;

  virtual void normalize(NormalizedText& text) const = 0;
};

struct BertNormalizerOptions {
  bool clean_text = true;             ///< Drop control characters, make every white space a blank.
  bool handle_chinese_chars = true;   ///< Blanks around every ideograph.
  std::optional<bool> strip_accents;  ///< Decompose and drop nonspacing marks; nothing = as `lowercase`.
  bool lowercase = true;
};

/// Reference: normalizers/bert.rs.
std::unique_ptr<Normalizer> bert_normalizer(const BertNormalizerOptions& options);

std::unique_ptr<Normalizer> lowercase_normalizer();
std::unique_ptr<Normalizer> nfd_normalizer();

/// Drops combining marks; does not decompose, so an NFD usually stands before it.
std::unique_ptr<Normalizer> strip_accents_normalizer();

/// One after the other.
std::unique_ptr<Normalizer> normalizer_sequence(std::vector<std::unique_ptr<Normalizer>> normalizers);

}  // namespace rkt::text
