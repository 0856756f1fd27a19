/// model.safetensors.index.json: which file holds which tensor.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"

namespace rkt {

/// Pairs of tensor and file in the index's order; every file is inside the directory. Throws RKT-1006.
std::vector<std::pair<std::string, std::string>> parse_weight_index(const Json& json,
                                                                    const std::string& where);

}  // namespace rkt
