#include "text/unicode.h"

#include <algorithm>
#include <iterator>

namespace rkt::text {
namespace {

/// From `first` on, up to the next entry's.
struct ClassRun {
  char32_t first;
  uint8_t value;
};

/// first, first + step, … last: each plus `difference` is its lower case.
struct LowercaseRun {
  char32_t first, last;
  uint8_t step;
  int32_t difference;
};

struct Decomposition {
  char32_t from;
  char32_t to[4];
};

#include "text/unicode_tables.inc"

constexpr char32_t code_points = 0x110000;
constexpr char32_t dotted_capital_i = 0x130;  // the only one whose lower case is two code points

// Hangul syllables are composed by arithmetic: The Unicode Standard, section 3.12.
constexpr char32_t hangul_first = 0xAC00, hangul_count = 11172;
constexpr char32_t leading_first = 0x1100, vowel_first = 0x1161, trailing_first = 0x11A7;
constexpr char32_t vowels = 21, trailings = 28;

bool is_hangul(char32_t point) noexcept {
  return point >= hangul_first && point < hangul_first + hangul_count;
}

template <class Runs>
auto run_of(const Runs& runs, char32_t point) noexcept {
  return std::prev(std::upper_bound(std::begin(runs), std::end(runs), point,
                                    [](char32_t value, const auto& run) { return value < run.first; }));
}

}  // namespace

CharClasses::CharClasses() : bits_(code_points) {
  for (const ClassRun* run = std::begin(class_runs); run != std::end(class_runs); ++run) {
    const char32_t end = std::next(run) == std::end(class_runs) ? code_points : std::next(run)->first;
    std::fill(bits_.begin() + run->first, bits_.begin() + end, run->value);
  }
  for (const ClassRun* run = std::begin(combining_class_runs); run != std::end(combining_class_runs); ++run) {
    const bool last = std::next(run) == std::end(combining_class_runs);
    const char32_t end = last ? code_points : std::next(run)->first;
    if (run->value != 0)
      for (char32_t point = run->first; point < end; ++point) bits_[point] |= canonical;
  }
  for (const Decomposition& entry : decompositions) bits_[entry.from] |= canonical;
  for (char32_t i = 0; i < hangul_count; ++i) bits_[hangul_first + i] |= canonical;
  for (const LowercaseRun& run : lowercase_runs)
    for (char32_t point = run.first; point <= run.last; point += run.step) bits_[point] |= upper_case;
  bits_[dotted_capital_i] |= upper_case;
}

const CharClasses& CharClasses::instance() {
  static const CharClasses classes;
  return classes;
}

CodePoints lower_case(char32_t point) noexcept {
  if (point == dotted_capital_i) return {{U'i', 0x307}, 2};
  if (point >= std::begin(lowercase_runs)->first) {
    const auto run = run_of(lowercase_runs, point);
    if (point <= run->last && (point - run->first) % run->step == 0)
      return {{static_cast<char32_t>(static_cast<int32_t>(point) + run->difference)}, 1};
  }
  return {{point}, 1};
}

CodePoints decompose(char32_t point) noexcept {
  if (is_hangul(point)) {
    const char32_t index = point - hangul_first;
    const char32_t trailing = index % trailings;
    return {{leading_first + index / (vowels * trailings), vowel_first + index / trailings % vowels,
             trailing == 0 ? 0 : trailing_first + trailing},
            trailing == 0 ? 2 : 3};
  }
  const auto found = std::lower_bound(std::begin(decompositions), std::end(decompositions), point,
                                      [](const auto& entry, char32_t value) { return entry.from < value; });
  if (found == std::end(decompositions) || found->from != point) return {{point}, 1};
  CodePoints result;
  while (result.size < 4 && found->to[result.size] != 0) {
    result.points[result.size] = found->to[result.size];
    ++result.size;
  }
  return result;
}

uint8_t combining_class(char32_t point) noexcept {
  return run_of(combining_class_runs, point)->value;  // the first run starts at 0
}

bool is_chinese(char32_t point) noexcept {
  if (point < 0x3400) return false;
  return (point >= 0x4E00 && point <= 0x9FFF) || (point >= 0x3400 && point <= 0x4DBF) ||
         (point >= 0x20000 && point <= 0x2A6DF) || (point >= 0x2A700 && point <= 0x2B73F) ||
         (point >= 0x2B740 && point <= 0x2B81F) || (point >= 0x2B920 && point <= 0x2CEAF) ||
         (point >= 0xF900 && point <= 0xFAFF) || (point >= 0x2F800 && point <= 0x2FA1F);
}

}  // namespace rkt::text
