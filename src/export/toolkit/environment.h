/// The vendor's compiler, rknn-toolkit2, in a Python environment of its own: found, or created on first use.
///     rkt::ToolkitEnvironment env = rkt::ensure_toolkit({.progress = show});   // a download of 150 MB the
///     first time
/// Where: $RKT_TOOLKIT_PYTHON names a Python that has the toolkit and is used as it is. Otherwise the
/// environment is $RKT_TOOLKIT_ENV or, by default, rk-transformers/toolkit-<version>-<hash of the pins> in
/// $XDG_CACHE_HOME or
/// ~/.cache; it is made with $RKT_PYTHON or the first suitable Python 3.10 to 3.12 of PATH, and takes 640 MB.
#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace rkt {

inline constexpr std::string_view supported_toolkit = "2.3.2";  ///< The one this program is measured with.

struct ToolkitVersions {
  std::string toolkit, python, numpy, onnx, onnxruntime;
  std::string torch;  ///< Empty where our stand-in takes its place.
};

/// Whether Python may see the user's own PYTHONPATH and site packages.
enum class PythonIsolation { isolated, inherited };

struct ToolkitEnvironment {
  std::filesystem::path python;  ///< Its interpreter.
  PythonIsolation isolation = PythonIsolation::isolated;
  ToolkitVersions versions;
};

/// Called from the thread that called us. `fraction` is 0..1, or nothing where the end is not known.
using ToolkitProgress = std::function<void(std::string_view stage, std::optional<double> fraction)>;

struct ToolkitOptions {
  ToolkitProgress progress = {};
  const std::atomic<bool>* cancel =
      nullptr;  ///< Set by any thread: the call ends within a second with RKT-4011.
};

/// Finds the environment or creates it. Any number of processes may call it at once: one creates, the others
/// wait. An interrupted creation is begun again. Throws RKT-4001 no suitable Python, no permission, or pip
/// failed; RKT-4002 another toolkit version; RKT-4003 the toolkit cannot be imported; RKT-4011 cancelled.
ToolkitEnvironment ensure_toolkit(const ToolkitOptions& options = {});

/// The versions of an environment that is ready; nothing if there is none. Creates nothing and never throws.
std::optional<ToolkitVersions> installed_toolkit();

/// The environment's directory, whether it exists or not. Throws RKT-4001 if no cache directory can be named.
std::filesystem::path toolkit_location();

}  // namespace rkt
