#include "text/trie.h"

#include <random>
#include <stdexcept>
#include <utility>

namespace rkt::text {
namespace {

constexpr unsigned child_bits = 28;
constexpr uint64_t child_mask = (uint64_t{1} << child_bits) - 1;

uint64_t edge_of(uint32_t node, unsigned char byte) noexcept {
  return (uint64_t{node} << 8U) | byte;
}

uint64_t random_bits() {
  std::random_device random;
  return (uint64_t{random()} << 32U) | random();
}

}  // namespace

Trie::Trie() : edges_(16), offset_(random_bits()), factor_(random_bits() | 1U), shift_(60), values_{-1} {}

/// Where the edge is or would be. Linear probing; the table is at most half full. The first product depends
/// on the trie's own factor, the second mixes its upper half, so that edges of one node do not form runs.
size_t Trie::slot_of(uint64_t edge) const noexcept {
  uint64_t hash = (edge ^ offset_) * factor_;
  hash = (hash ^ (hash >> 32U)) * 0x9E3779B97F4A7C15U;
  size_t slot = hash >> shift_;
  while (edges_[slot] != 0 && edges_[slot] >> child_bits != edge) slot = (slot + 1) & (edges_.size() - 1);
  return slot;
}

uint32_t Trie::child(uint32_t node, unsigned char byte) const noexcept {
  const uint64_t found = edges_[slot_of(edge_of(node, byte))];
  return found == 0 ? none : static_cast<uint32_t>(found & child_mask);
}

void Trie::grow() {
  const std::vector<uint64_t> old = std::exchange(edges_, std::vector<uint64_t>(edges_.size() * 2));
  --shift_;
  for (const uint64_t edge : old)
    if (edge != 0) edges_[slot_of(edge >> child_bits)] = edge;
}

void Trie::insert(std::string_view key, int32_t value) {
  uint32_t node = 0;
  for (const char letter : key) {
    const uint64_t edge = edge_of(node, static_cast<unsigned char>(letter));
    size_t slot = slot_of(edge);
    if (edges_[slot] == 0) {
      if (values_.size() > child_mask) throw std::length_error("trie");
      if (values_.size() * 2 >= edges_.size()) {
        grow();
        slot = slot_of(edge);
      }
      edges_[slot] = (edge << child_bits) | values_.size();
      values_.push_back(-1);
    }
    node = static_cast<uint32_t>(edges_[slot] & child_mask);
  }
  if (values_[node] < 0) values_[node] = value;
}

Trie::Match Trie::longest_match(std::string_view text) const noexcept {
  Match best;
  uint32_t node = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    node = child(node, static_cast<unsigned char>(text[i]));
    if (node == none) break;
    if (values_[node] >= 0) best = {i + 1, values_[node]};
  }
  return best;
}

}  // namespace rkt::text
