/// The chips that can be compiled for, and the form of graph that suits each.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "rkt/exporter.h"

#include "graph/graph.h"

namespace rkt {

struct Platform {
  std::string_view name;   ///< "rk3588"
  RowSharing row_sharing;  ///< The default: allowed where attention stays on the NPU with it.
  MaskAxes mask_axes;      ///< Fewest operators; measured with toolkit 2.3.2, docs/export.md.
};

std::span<const Platform> platforms() noexcept;

/// Throws RKT-4005 with near matches and all names.
const Platform& find_platform(std::string_view name);

}  // namespace rkt
