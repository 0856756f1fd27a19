/// Chooses the device a caller asked for.
#pragma once
#include <memory>

#include "device/device.h"

namespace rkt {

/// Throws RKT-3001 if the NPU was asked for: this version runs models on the CPU only.
/// For DeviceKind::automatic, logs what it took and why.
std::unique_ptr<Device> open_device(const DeviceOptions& options);

}  // namespace rkt
