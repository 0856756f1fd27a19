#include "rkt/environment.h"

#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <sys/utsname.h>
#include <thread>
#include <unistd.h>

#include "rkt/error.h"
#include "rkt/version.h"

#include "device/device.h"
#include "export/toolkit/environment.h"

namespace rkt {
namespace fs = std::filesystem;
namespace {

constexpr const char* not_detected = "Not Detected";

std::string read_some(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string content((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  return content;
}

std::string operating_system() {
  struct utsname name {};
  uname(&name);
  std::string pretty;
  std::ifstream release("/etc/os-release");
  for (std::string line; std::getline(release, line);)
    if (line.starts_with("PRETTY_NAME=")) pretty = line.substr(12);
  std::erase(pretty, '"');
  return fmt::format("{} {} {}{}{}", name.sysname, name.release, name.machine, pretty.empty() ? "" : ", ",
                     pretty);
}

std::string board() {
  for (const char* path : {"/proc/device-tree/model", "/sys/firmware/devicetree/base/model"}) {
    std::string model = read_some(path);
    if (const size_t end = model.find('\0'); end != std::string::npos) model.resize(end);
    if (!model.empty()) return model;
  }
  return not_detected;
}

std::string soc() {
  const std::string compatible = read_some("/proc/device-tree/compatible");
  for (const char* name : {"rk3588", "rk3576", "rk3568", "rk3566", "rk3562"})
    if (compatible.find(name) != std::string::npos) return name;
  return not_detected;
}

// The library states its version in a string constant; the Python tool looks for the same one.
std::string runtime_version() {
  for (const char* path :
       {"/usr/lib/librknnrt.so", "/usr/lib/aarch64-linux-gnu/librknnrt.so", "/lib/librknnrt.so"}) {
    constexpr std::string_view marker = "librknnrt version: ";
    const std::string library = read_some(path);
    const size_t found = library.find(marker);
    if (found == std::string::npos) continue;
    const size_t start = found + marker.size();
    return library.substr(start, library.find_first_of(std::string_view(" (\0\n", 4), start) - start);
  }
  return not_detected;
}

std::string npu_driver() {
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator("/sys/class/drm", failure)) {
    const std::string uevent = read_some(entry.path() / "device/uevent");
    if (uevent.find("DRIVER=RKNPU") != std::string::npos)
      return "rknpu (" + entry.path().filename().string() + ")";
    if (uevent.find("DRIVER=rocket") != std::string::npos)
      return "rocket (mainline; the vendor's runtime cannot use it)";
  }
  return fs::exists("/dev/rknpu", failure) ? "rknpu (/dev/rknpu)" : not_detected;
}

std::string memory() {
  const long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGE_SIZE);
  return fmt::format("{:.1f} GiB", static_cast<double>(pages) * static_cast<double>(size) / (1 << 30));
}

std::string cpu_device() {
  try {
    return open_cpu_device({})->description();
  } catch (const Error& problem) {
    return problem.what();
  }
}

}  // namespace

std::vector<EnvironmentFact> describe_environment() {
  const std::optional<ToolkitVersions> toolkit = installed_toolkit();
  return {
      {"operating_system", "Operating system", operating_system()},
      {"rockchip_board", "Rockchip Board", board()},
      {"rockchip_soc", "Rockchip SoC", soc()},
      {"rknn_runtime_version", "RKNN Runtime version", runtime_version()},
      {"rknn_toolkit_version", "RKNN Toolkit version",
       toolkit ? "rknn-toolkit2==" + toolkit->toolkit : "Not Installed"},
      {"toolkit_python_version", "Toolkit Python version", toolkit ? toolkit->python : "Not Installed"},
      {"npu_driver", "NPU driver", npu_driver()},
      {"cpu_device", "CPU device", cpu_device()},
      {"cpu_threads", "CPU threads", std::to_string(std::thread::hardware_concurrency())},
      {"memory", "Memory", memory()},
      {"rk_transformers_version", "rk-transformers-cli version", std::string(version())},
  };
}

}  // namespace rkt
