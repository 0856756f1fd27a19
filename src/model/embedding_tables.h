/// The lookup that happens on the host: word + position + token type, before the first LayerNorm.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/tensor.h"
#include "model/config.h"
#include "model/weights.h"

namespace rkt {

/// Views into mapped weights, in their own element type. Immutable, thread-safe; `weights` must outlive it.
class EmbeddingTables {
 public:
  /// Throws RKT-1007 a table that is missing or not of the config's shape.
  EmbeddingTables(const EncoderConfig& config, const Weights& weights);

  int hidden() const noexcept { return hidden_; }

  /// out [ids.size(), hidden] = word[ids] + position[positions] + type[types], summed in float32 in this
  /// order (words + types, then positions, as transformers' BertEmbeddings adds them). Throws RKT-2002 an id,
  /// position or type outside its table, or spans of unequal length.
  void lookup(std::span<const int32_t> ids, std::span<const int32_t> positions,
              std::span<const int32_t> types, std::span<float> out) const;

  /// The names of the table tensors in the checkpoint.
  static std::vector<std::string> names();

 private:
  int hidden_;
  TensorView words_, positions_, types_;
};

}  // namespace rkt
