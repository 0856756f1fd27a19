/// Canonical decomposition of a stream of characters, with the reference's idea of where each result came
/// from.
#pragma once
#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "rkt/tokenizer.h"

#include "text/unicode.h"

namespace rkt::text {

/// Calls emit(char32_t, ByteSpan) for each character of the NFD; call flush() behind the last push().
///
/// Marks are sorted by combining class, yet sources are handed out in the order of the original: the first
/// part of each character takes the next source, its other parts share the one handed out last. That is what
/// NormalizedString::transform of the reference comes to when unicode-normalization-alignments has sorted its
/// changes.
template <class Emit>
class Decomposer {
 public:
  explicit Decomposer(Emit emit) : emit_(std::move(emit)) {}

  void push(char32_t point, uint8_t classes, ByteSpan source) {
    if ((classes & canonical) == 0) {
      flush();
      emit_(point, last_ = source);
      return;
    }
    sources_.push_back(source);
    bool opens = true;
    for (const char32_t part : decompose(point)) {
      const Mark mark{part, combining_class(part), std::exchange(opens, false)};
      if (mark.combining_class == 0) {
        flush();
        place(mark);
      } else {
        pending_.push_back(mark);
      }
    }
  }

  void flush() {
    if (pending_.empty()) return;
    std::stable_sort(pending_.begin(), pending_.end(),
                     [](const Mark& a, const Mark& b) { return a.combining_class < b.combining_class; });
    for (const Mark& mark : pending_) place(mark);
    pending_.clear();
  }

 private:
  struct Mark {
    char32_t point;
    uint8_t combining_class;
    bool opens;  ///< First part of its character.
  };

  void place(const Mark& mark) {
    if (mark.opens) last_ = sources_[used_++];
    emit_(mark.point, last_);
    if (used_ == sources_.size()) {
      sources_.clear();
      used_ = 0;
    }
  }

  Emit emit_;
  std::vector<Mark> pending_;  ///< Marks since the last starter.
  std::vector<ByteSpan> sources_;
  size_t used_ = 0;  ///< Of sources_.
  ByteSpan last_;
};

}  // namespace rkt::text
