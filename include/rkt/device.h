/// Where a model runs.
#pragma once
#include <string_view>

namespace rkt {

enum class DeviceKind { automatic, cpu, npu };

/// Arithmetic of the CPU device. bf16 needs a CPU that has it; elsewhere it is an error, never a silent
/// float32.
enum class Precision { f32, bf16 };

struct DeviceOptions {
  DeviceKind device =
      DeviceKind::automatic;  ///< automatic: the NPU where there is one, else the CPU; it is logged.
  int threads = 0;            ///< CPU threads, 0 = all cores of this machine.
  Precision precision = Precision::f32;
};

/// Seconds a call spent in each stage, summed over its batches.
struct StageTimes {
  double tokenize = 0, plan = 0, lookup = 0, device = 0, pool = 0;
};

/// "auto", "cpu", "npu".
std::string_view name_of(DeviceKind kind) noexcept;

}  // namespace rkt
