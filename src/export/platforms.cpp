#include "export/platforms.h"

#include <array>
#include <fmt/format.h>
#include <vector>

#include "base/near_match.h"

namespace rkt {
namespace {

// docs/export.md holds the operator counts behind this table.
constexpr std::array table{
    Platform{"rk3588", RowSharing::allowed, MaskAxes::keys},
    Platform{"rk3576", RowSharing::allowed, MaskAxes::keys},
    Platform{"rk3568", RowSharing::one_text, MaskAxes::queries},
    Platform{"rk3566", RowSharing::one_text, MaskAxes::queries},
    Platform{"rk3562", RowSharing::allowed, MaskAxes::keys},
};

}  // namespace

std::span<const Platform> platforms() noexcept {
  return table;
}

const Platform& find_platform(std::string_view name) {
  std::vector<std::string> names;
  std::string all;
  for (const Platform& platform : table) {
    if (platform.name == name) return platform;
    names.emplace_back(platform.name);
    all += (all.empty() ? "" : ", ") + names.back();
  }
  const std::string near = did_you_mean(name, names);
  throw Error(ErrorCode::platform_unknown, fmt::format("no such platform: '{}'; there are {}", name, all),
              "export", near);
}

}  // namespace rkt
