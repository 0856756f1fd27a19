#include "text/post_processor.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <utility>

#include "text/truncation.h"

namespace rkt::text {
namespace {

using Kind = TemplatePiece::Kind;

/// For each piece of a template: 0 for the sequence itself, k for its window k - 1.
using Choice = std::vector<uint32_t>;

/// Appends [first, last) of any kind of iterator.
template <class T, class Iterator>
void extend(std::vector<T>& target, Iterator first, Iterator last) {
  target.insert(target.end(), first, last);
}

void append(Encoding& target, const TemplatePiece& special) {
  const size_t count = special.ids.size();
  extend(target.ids, special.ids.begin(), special.ids.end());
  target.type_ids.insert(target.type_ids.end(), count, special.type_id);
  extend(target.tokens, special.tokens.begin(), special.tokens.end());
  target.offsets.insert(target.offsets.end(), count, ByteSpan{});
  target.word_ids.insert(target.word_ids.end(), count, -1);
  target.special_tokens_mask.insert(target.special_tokens_mask.end(), count, 1);
}

/// Everything but the spellings and types, which come from elsewhere.
void append_numbers(Encoding& target, const Encoding& source) {
  extend(target.ids, source.ids.begin(), source.ids.end());
  extend(target.offsets, source.offsets.begin(), source.offsets.end());
  extend(target.word_ids, source.word_ids.begin(), source.word_ids.end());
  extend(target.special_tokens_mask, source.special_tokens_mask.begin(), source.special_tokens_mask.end());
}

void reserve(Encoding& encoding, size_t size) {
  encoding.ids.reserve(size);
  encoding.type_ids.reserve(size);
  encoding.tokens.reserve(size);
  encoding.offsets.reserve(size);
  encoding.word_ids.reserve(size);
  encoding.special_tokens_mask.reserve(size);
}

class Assembly {
 public:
  Assembly(const Template& pieces, std::vector<Encoding>& sequences) : sequences_(sequences) {
    for (const TemplatePiece& piece : pieces) pieces_.push_back(&piece);
  }

  void drop_special_tokens() {
    std::erase_if(pieces_, [](const TemplatePiece* piece) { return piece->kind == Kind::special; });
  }

  /// Encoding::merge_with of the reference, folded over the pieces: what each window consists of.
  std::vector<Choice> windows() const {
    check_size();
    std::vector<Choice> found;
    Choice whole;
    for (const TemplatePiece* piece : pieces_) {
      const size_t more = window_count(*piece);
      std::vector<Choice> longer;
      longer.reserve(found.size() * (more + 1) + more);
      const auto add = [&](const Choice& start, size_t from) {
        for (size_t k = from; k <= more; ++k) longer.emplace_back(start).push_back(static_cast<uint32_t>(k));
      };
      for (const Choice& choice : found) add(choice, 0);
      add(whole, 1);
      whole.push_back(0);
      found = std::move(longer);
    }
    return found;
  }

  Encoding window(const Choice& choice) const {
    Encoding result;
    for (size_t i = 0; i < pieces_.size(); ++i) {
      const TemplatePiece& piece = *pieces_[i];
      if (piece.kind == Kind::special) {
        append(result, piece);
        continue;
      }
      const Encoding& whole = sequence(piece);
      const Encoding& source = choice[i] == 0 ? whole : whole.overflowing[choice[i] - 1];
      append_numbers(result, source);
      extend(result.tokens, source.tokens.begin(), source.tokens.end());
      if (choice[i] == 0)
        result.type_ids.resize(result.ids.size(), piece.type_id);
      else
        extend(result.type_ids, source.type_ids.begin(), source.type_ids.end());
    }
    return result;
  }

  /// Leaves the sequences without their spellings, so it comes last.
  Encoding whole() {
    Encoding result;
    reserve(result, whole_size());
    for (auto piece = pieces_.begin(); piece != pieces_.end(); ++piece) {
      if ((*piece)->kind == Kind::special) {
        append(result, **piece);
        continue;
      }
      Encoding& source = sequence(**piece);
      append_numbers(result, source);
      result.type_ids.resize(result.ids.size(), (*piece)->type_id);
      const bool again = std::any_of(std::next(piece), pieces_.end(), [&](const TemplatePiece* later) {
        return later->kind == (*piece)->kind;
      });
      if (again)
        extend(result.tokens, source.tokens.begin(), source.tokens.end());
      else
        extend(result.tokens, std::make_move_iterator(source.tokens.begin()),
               std::make_move_iterator(source.tokens.end()));
    }
    return result;
  }

 private:
  Encoding& sequence(const TemplatePiece& piece) const {
    return sequences_[piece.kind == Kind::second ? 1 : 0];
  }

  size_t window_count(const TemplatePiece& piece) const {
    return piece.kind == Kind::special ? 0 : sequence(piece).overflowing.size();
  }

  size_t whole_size() const {
    size_t size = 0;
    for (const TemplatePiece* piece : pieces_)
      size += piece->kind == Kind::special ? piece->ids.size() : sequence(*piece).size();
    return size;
  }

  void check_size() const {
    size_t windows = 1, longest = pieces_.size();
    for (const TemplatePiece* piece : pieces_) {
      windows = std::min(windows * (window_count(*piece) + 1), most_window_tokens);
      size_t most = piece->kind == Kind::special ? piece->ids.size() : sequence(*piece).size();
      if (piece->kind != Kind::special)
        for (const Encoding& one : sequence(*piece).overflowing) most = std::max(most, one.size());
      longest += most;
    }
    if (windows > 1 && windows > most_window_tokens / std::max<size_t>(longest, 1))
      throw Error(
          ErrorCode::truncation_impossible,
          fmt::format(
              "both texts are cut, and their windows of up to {} tokens make more than {} tokens in all "
              "combinations",
              longest, most_window_tokens),
          "truncation", "shorten one text only (only_first or only_second) or choose a smaller stride");
  }

  std::vector<const TemplatePiece*> pieces_;
  std::vector<Encoding>& sequences_;
};

}  // namespace

PostProcessor::PostProcessor()
    : single_{{Kind::first, 0, {}, {}}}, pair_{{Kind::first, 0, {}, {}}, {Kind::second, 1, {}, {}}} {}

size_t PostProcessor::added_tokens(bool is_pair) const noexcept {
  size_t count = 0;
  for (const TemplatePiece& piece : is_pair ? pair_ : single_) count += piece.ids.size();
  return count;
}

Encoding PostProcessor::process(std::vector<Encoding> sequences, SpecialTokens special_tokens) const {
  Assembly assembly(sequences.size() == 2 ? pair_ : single_, sequences);
  if (special_tokens == SpecialTokens::omit) assembly.drop_special_tokens();
  std::vector<Encoding> windows;
  for (const Choice& choice : assembly.windows()) windows.push_back(assembly.window(choice));
  Encoding result = assembly.whole();
  result.overflowing = std::move(windows);
  return result;
}

}  // namespace rkt::text
