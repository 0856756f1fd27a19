#include "export/toolkit/descriptors.h"

#include <fcntl.h>
#include <unistd.h>

namespace rkt {

void Descriptor::reset() noexcept {
  if (value_ >= 0) close(value_);
  value_ = -1;
}

Descriptor Descriptor::moved_up() && {
  constexpr int lowest = 10;
  if (value_ >= lowest || value_ < 0) return std::move(*this);
  Descriptor higher(fcntl(value_, F_DUPFD_CLOEXEC, lowest));
  reset();
  return higher;
}

}  // namespace rkt
