/// Tokens and their ids, both ways.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace rkt::text {

/// One spelling per id and one id per spelling. Spellings stay where they are for the object's life, moved or
/// not.
class Vocabulary {
 public:
  Vocabulary() = default;
  Vocabulary(const Vocabulary&) = delete;
  Vocabulary& operator=(const Vocabulary&) = delete;
  Vocabulary(Vocabulary&&) = default;  // hands the nodes over, so that tokens_ keeps pointing at them
  Vocabulary& operator=(Vocabulary&&) = default;
  ~Vocabulary() = default;

  void reserve(size_t tokens);

  /// False, and nothing added, if the spelling or the id is already there.
  bool add(std::string token, int32_t id);

  const int32_t* find(std::string_view token) const;  ///< Null if unknown.
  const std::string* find(int32_t id) const;          ///< Null if unknown.
  size_t size() const noexcept { return ids_.size(); }
  int32_t largest_id() const noexcept { return largest_id_; }  ///< -1 if empty.

  /// Spelling to id, in no particular order.
  const auto& ids() const noexcept { return ids_; }

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };

  std::unordered_map<std::string, int32_t, Hash, std::equal_to<>> ids_;
  std::unordered_map<int32_t, const std::string*> tokens_;  ///< Point into ids_, whose nodes never move.
  int32_t largest_id_ = -1;
};

}  // namespace rkt::text
