#include "engine/open_device.h"

#include "rkt/error.h"

#include "base/log.h"

namespace rkt {

std::string_view name_of(DeviceKind kind) noexcept {
  switch (kind) {
    case DeviceKind::cpu:
      return "cpu";
    case DeviceKind::npu:
      return "npu";
    case DeviceKind::automatic:
      break;
  }
  return "auto";
}

std::unique_ptr<Device> open_device(const DeviceOptions& options) {
  if (options.device == DeviceKind::npu)
    throw Error(ErrorCode::device_unavailable,
                "no NPU device: this version compiles for the NPU but runs on the CPU only", "npu device",
                "use --device cpu; exported .rknn files are for the vendor's runtime 2.3.2");
  std::unique_ptr<Device> device = open_cpu_device(options);
  if (options.device == DeviceKind::automatic)
    log(LogLevel::info, "device: " + device->description() + " (this version has no NPU device)");
  return device;
}

}  // namespace rkt
