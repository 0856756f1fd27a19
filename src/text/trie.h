/// The longest of many strings that a text begins with, in one walk over its bytes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace rkt::text {

/// Strings with a number each. One hash table holds the edges of all nodes: small, quick to build, few cache
/// misses.
class Trie {
 public:
  struct Match {
    size_t length = 0;  ///< Bytes; 0 = no match.
    int32_t value = 0;
  };

  Trie();

  /// `key` is not empty, `value` is not negative. The first value of a key stays.
  /// Throws std::length_error beyond 2^28 nodes: 256 MB of keys that share nothing.
  void insert(std::string_view key, int32_t value);

  /// The longest key that `text` starts with.
  Match longest_match(std::string_view text) const noexcept;

 private:
  static constexpr uint32_t none = UINT32_MAX;

  size_t slot_of(uint64_t edge) const noexcept;
  uint32_t child(uint32_t node, unsigned char byte) const noexcept;
  void grow();

  // An edge is 36 bits, (node << 8 | byte), in front of its child's 28 bits. Child 0 is the root, so 0 means
  // empty.
  std::vector<uint64_t> edges_;
  uint64_t offset_, factor_;     ///< Random: nobody can choose keys whose edges share their places.
  unsigned shift_;               ///< 64 - log2(edges_.size())
  std::vector<int32_t> values_;  ///< [nodes] -1 = no key ends here.
};

}  // namespace rkt::text
