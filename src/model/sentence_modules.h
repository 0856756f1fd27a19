/// modules.json and its modules' files, as sentence-transformers writes them.
#pragma once
#include <string>

#include "base/json.h"

namespace rkt {

enum class PoolingMode { cls, mean, max, mean_sqrt_len };

/// What follows the encoder. The defaults are those of a plain transformers directory, which has no
/// modules.json: sentence-transformers pools such a model by the mean and does not normalise.
struct PoolingConfig {
  PoolingMode mode = PoolingMode::mean;
  bool normalize = false;  ///< Rows get unit L2 norm.
};

/// Where modules.json puts each part, relative to its directory; an empty path is the directory itself.
struct SentenceModules {
  std::string transformer;
  bool has_pooling = false;  ///< Cross-encoders have none.
  std::string pooling;
  bool has_normalize = false;
  std::string normalize;
};

/// Reads the list of modules. Type names of every release are understood: `sentence_transformers.models.X`
/// (to 5.3) and `sentence_transformers.base.modules.x.X`, `….sentence_transformer.modules.x.X` (6.x).
/// Throws RKT-1004 not such a list, or a path outside the directory; RKT-1009 a module that this version does
/// not know, or known ones in another order than transformer, pooling, normalize.
SentenceModules parse_modules(const Json& json, const std::string& where);

/// Reads the config.json of a Pooling module: "pooling_mode" (6.x), else the old booleans, else the mean.
/// Throws RKT-1004 wrong types; RKT-1009 several modes at once, a mode that this version does not compute, or
/// prompts left out of the pooling (include_prompt false).
/// Reference: sentence_transformers.sentence_transformer.modules.Pooling.
PoolingMode parse_pooling(const Json& json, const std::string& where);

/// Checks the config.json of a Normalize module (6.x writes one). Throws RKT-1009 if it normalises anything
/// but the sentence embedding.
void check_normalize(const Json& json, const std::string& where);

}  // namespace rkt
