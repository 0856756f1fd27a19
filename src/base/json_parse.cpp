// Builds the document from the parser's events. The parser's own builder would look every key up from the
// front of its object, which takes a second for a vocabulary of 30,000 entries and a minute for 250,000.
#include <fmt/format.h>
#include <unordered_map>
#include <utility>

#include "base/json.h"
#include "base/quote.h"

namespace rkt {
namespace {

constexpr size_t max_depth =
    64;  // real files nest under 10 levels; the document's destructor recurses per level

/// Receives nlohmann-json's SAX events. What it throws passes through the parser.
class Builder {
 public:
  Builder(std::string_view text, const std::string& where, DuplicateKeys duplicates)
      : text_(text), where_(where), duplicates_(duplicates) {}

  Json take() { return std::move(root_); }

  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(Json::number_integer_t value) { return add(value); }
  bool number_unsigned(Json::number_unsigned_t value) { return add(value); }
  bool number_float(Json::number_float_t value, const std::string&) { return add(value); }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(Json::binary_t&) { return false; }  // not an event of JSON text

  bool start_object(size_t) { return open(Json::object()); }
  bool start_array(size_t) { return open(Json::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& name) {
    Level& level = levels_.back();
    const auto [found, added] = level.keys.emplace(name, level.value.size());
    if (!added && duplicates_ == DuplicateKeys::refuse)
      throw Error(ErrorCode::json_invalid, fmt::format("key '{}' occurs twice in one object", shorten(name)),
                  where_);
    level.slot = found->second;
    // behind the object's back: its own emplace searches all keys, which `keys` has just done
    if (added)
      static_cast<Json::object_t::Container&>(level.value.get_ref<Json::object_t&>())
          .emplace_back(std::move(name), nullptr);
    return true;
  }

  bool parse_error(size_t position, const std::string&, const nlohmann::detail::exception& problem) {
    constexpr int number_overflow = 406;
    if (problem.id == number_overflow)
      throw Error(ErrorCode::json_invalid, "a number is out of range at " + place(position), where_);
    fail_at(position);
  }

  /// `position` counts bytes from 1.
  [[noreturn]] void fail_at(size_t position) const {
    throw Error(ErrorCode::json_invalid, "not valid JSON at " + place(position), where_,
                "the file may be cut off: compare its size with the original");
  }

 private:
  std::string place(size_t position) const {
    size_t line = 1, column = 1;
    for (size_t i = 0; i + 1 < position && i < text_.size(); ++i) {
      column = text_[i] == '\n' ? 1 : column + 1;
      line += text_[i] == '\n' ? 1 : 0;
    }
    return fmt::format("line {}, column {}", line, column);
  }

  struct Level {
    Json value;
    std::unordered_map<std::string, size_t> keys;  // of an object: key → place
    size_t slot = 0;                               // of an object: where the next value goes
  };

  bool add(Json value) {
    if (levels_.empty()) {
      root_ = std::move(value);
    } else if (Level& level = levels_.back(); level.value.is_array()) {
      level.value.push_back(std::move(value));
    } else {
      (level.value.get_ref<Json::object_t&>().begin() + static_cast<std::ptrdiff_t>(level.slot))->second =
          std::move(value);
    }
    return true;
  }

  bool open(Json value) {
    if (levels_.size() >= max_depth)
      throw Error(ErrorCode::json_invalid, fmt::format("more than {} levels deep", max_depth), where_);
    levels_.push_back({std::move(value), {}, 0});
    return true;
  }

  bool close() {
    Json value = std::move(levels_.back().value);
    levels_.pop_back();
    return add(std::move(value));
  }

  std::string_view text_;
  const std::string& where_;
  DuplicateKeys duplicates_;
  std::vector<Level> levels_;
  Json root_;
};

}  // namespace

Json parse_json(std::string_view text, const std::string& where, DuplicateKeys duplicates) {
  Builder builder(text, where, duplicates);
  // the parser takes a NUL byte for the end of the text and would not see what stands behind it
  if (const size_t nul = text.find('\0'); nul != std::string_view::npos) builder.fail_at(nul + 1);
  Json::sax_parse(text, &builder);
  return builder.take();
}

}  // namespace rkt
