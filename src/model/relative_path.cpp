#include "model/relative_path.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "base/quote.h"

namespace rkt {

void require_inside(const std::string& path, const std::string& where, ErrorCode code) {
  // Printed names must not carry terminal escapes, so the control characters themselves are not shown.
  if (std::any_of(path.begin(), path.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }))
    throw Error(code, "a path holds control characters", where, "the file was damaged or made to mislead");
  const std::filesystem::path parts(path);
  const bool climbs = std::find(parts.begin(), parts.end(), "..") != parts.end();
  if (path.empty() || parts.is_absolute() || climbs)
    throw Error(code, fmt::format("path '{}' is not inside the model directory", shorten(path)), where,
                "use a relative path without '..'");
}

}  // namespace rkt
