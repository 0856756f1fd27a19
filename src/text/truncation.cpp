#include "text/truncation.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace rkt::text {
namespace {

[[noreturn]] void fail(const std::string& message, const std::string& hint) {
  throw Error(ErrorCode::truncation_impossible, message, "truncation", hint);
}

template <class T>
std::vector<T> part(const std::vector<T>& all, size_t begin, size_t end) {
  return {all.begin() + static_cast<ptrdiff_t>(begin), all.begin() + static_cast<ptrdiff_t>(end)};
}

Encoding window(const Encoding& all, size_t begin, size_t end) {
  Encoding result;
  result.ids = part(all.ids, begin, end);
  result.type_ids = part(all.type_ids, begin, end);
  result.tokens = part(all.tokens, begin, end);
  result.offsets = part(all.offsets, begin, end);
  result.word_ids = part(all.word_ids, begin, end);
  result.special_tokens_mask = part(all.special_tokens_mask, begin, end);
  return result;
}

/// Encoding::truncate of the reference, from the right.
void cut(Encoding& encoding, size_t length, size_t stride, Overflowing overflowing) {
  const size_t size = encoding.size();
  if (length >= size) return;
  if (overflowing == Overflowing::drop) {
    encoding = window(encoding, 0, length);
    return;
  }
  if (length == 0) {
    Encoding empty;
    empty.overflowing.push_back(std::move(encoding));
    encoding = std::move(empty);
    return;
  }
  if (stride >= length)
    fail(fmt::format("a stride of {} tokens does not fit windows of {} tokens without special tokens", stride,
                     length),
         "choose a smaller stride or a larger max_length");
  const size_t step = length - stride;
  if ((size - length + step - 1) / step > most_window_tokens / length)
    fail(fmt::format("{} tokens in windows of {} that share {} would be more than {} tokens together", size,
                     length, stride, most_window_tokens),
         "choose a smaller stride or split the text");
  Encoding result = window(encoding, 0, length);
  for (size_t begin = step, end = length; end < size; begin += step) {
    end = std::min(begin + length, size);
    result.overflowing.push_back(window(encoding, begin, end));
  }
  encoding = std::move(result);
}

/// The shorter sequence keeps its tokens if it can; otherwise both get half.
void cut_longest_first(Encoding& first, Encoding& second, size_t length, size_t stride,
                       Overflowing overflowing) {
  size_t shorter = first.size(), longer = second.size();
  const bool swapped = shorter > longer;
  if (swapped) std::swap(shorter, longer);
  longer = shorter > length ? shorter : std::max(shorter, length - shorter);
  if (shorter + longer > length) {
    shorter = length / 2;
    longer = shorter + length % 2;
  }
  if (swapped) std::swap(shorter, longer);
  cut(first, shorter, stride, overflowing);
  cut(second, longer, stride, overflowing);
}

}  // namespace

void truncate(Encoding& first, Encoding* second, const Truncation& options) {
  const auto length = static_cast<size_t>(options.max_length);
  const auto stride = static_cast<size_t>(options.stride);
  if (length == 0) {
    cut(first, 0, stride, options.overflowing);
    if (second != nullptr) cut(*second, 0, stride, options.overflowing);
    return;
  }
  const size_t total = first.size() + (second == nullptr ? 0 : second->size());
  if (total <= length) return;
  if (options.strategy == TruncationStrategy::longest_first) {
    if (second == nullptr)
      cut(first, length, stride, options.overflowing);
    else
      cut_longest_first(first, *second, length, stride, options.overflowing);
    return;
  }
  Encoding* target = options.strategy == TruncationStrategy::only_first ? &first : second;
  if (target == nullptr)
    fail(fmt::format("{} tokens are more than {}, and there is no second text to shorten", total, length),
         "use longest_first or only_first for single texts");
  const size_t excess = total - length;
  if (target->size() <= excess)
    fail(fmt::format("the text to shorten has {} tokens, but {} must go to reach {}", target->size(), excess,
                     length),
         "use longest_first, which may shorten both texts");
  cut(*target, target->size() - excess, stride, options.overflowing);
}

}  // namespace rkt::text
