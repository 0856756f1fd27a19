#include "rkt/version.h"

namespace rkt {

std::string_view version() noexcept {
  return RKT_VERSION;
}

}  // namespace rkt
