/// The last step: special tokens around the sequences, and one Encoding out of two.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "rkt/tokenizer.h"

namespace rkt::text {

/// One element of a template.
struct TemplatePiece {
  enum class Kind { first, second, special };
  Kind kind = Kind::first;
  int32_t type_id = 0;
  std::vector<int32_t> ids;         ///< Special tokens only; usually one.
  std::vector<std::string> tokens;  ///< [ids.size()]
};

using Template = std::vector<TemplatePiece>;

/// TemplateProcessing; BertProcessing and no processing at all are templates, too.
/// Reference: processors/template.rs and Encoding::merge_with in tokenizer/encoding.rs.
class PostProcessor {
 public:
  /// Without special tokens: the first sequence with type 0, the second with type 1.
  PostProcessor();

  /// `single` must not name the second sequence.
  PostProcessor(Template single, Template pair) : single_(std::move(single)), pair_(std::move(pair)) {}

  size_t added_tokens(bool is_pair) const noexcept;

  /// One or two sequences as truncation leaves them. Windows are the combinations of all windows of both, in
  /// the reference's order; they keep type 0 and 1 whatever the template says, as there. Throws RKT-2004 for
  /// more window tokens than truncation.h allows.
  Encoding process(std::vector<Encoding> sequences, SpecialTokens special_tokens) const;

 private:
  Template single_, pair_;
};

}  // namespace rkt::text
