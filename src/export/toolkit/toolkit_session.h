/// One child process with the vendor's compiler: builds graphs and runs the last one built in the simulator.
///     rkt::ToolkitSession session(rkt::ensure_toolkit(), "export.log");
///     rkt::BuildResult built = session.build({.onnx = "model.onnx", .rknn = "model.rknn", .platform =
///     "rk3588"}); auto outputs = session.simulate({{embeddings, mask}});   // outputs[run][output].values
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/json.h"
#include "base/tensor.h"
#include "export/toolkit/build_log.h"
#include "export/toolkit/environment.h"

namespace rkt {

struct GraphInput {
  std::string name;
  Shape shape;
};

/// Calibration samples: a text file with one sample per line, each the paths of one .npy file per input.
struct Calibration {
  std::filesystem::path dataset;
  enum class Hybrid {
    none,
    automatic
  } hybrid = Hybrid::none;  ///< automatic: the toolkit picks float16 layers.
};

struct BuildRequest {
  std::filesystem::path onnx = {};
  std::filesystem::path rknn = {};        ///< Written; its directory must exist.
  std::string platform = {};              ///< "rk3588", "rk3576", "rk3562", "rk3566", "rk3568".
  std::vector<GraphInput> inputs = {};    ///< Empty: the shapes of the file. Needed where those are symbolic.
  std::vector<std::string> outputs = {};  ///< Empty: the outputs of the file.
  Json config = Json::object();           ///< Further arguments of RKNN.config(), under its own names.
  std::optional<Calibration> calibration = {};  ///< Nothing: no quantisation, float16.
};

struct BuildResult {
  double load_seconds = 0, build_seconds = 0, export_seconds = 0;
  uint64_t file_bytes = 0;
  uint64_t peak_rss_kb = 0;  ///< Of the child, since it started.
  BuildReport report;
};

/// What hybrid quantisation lets one edit between its two steps; the files live as long as the session.
struct HybridFiles {
  std::filesystem::path model, data, config;
};

/// One input of the simulator, row-major.
struct SimulatorInput {
  Shape shape;
  std::variant<std::vector<float>, std::vector<int64_t>> values;
};

struct SimulatorOutput {
  Shape shape;
  std::vector<float> values;
};

/// How 4-D inputs are laid out in memory. The toolkit's own default is nhwc, which is meant for pictures.
enum class InputLayout { nchw, nhwc };

/// Owns the child; not thread-safe, not copyable. The destructor ends the child and everything it started.
class ToolkitSession {
 public:
  /// Starts the child and checks its version. `log` receives all that the toolkit prints, from here on.
  /// Throws RKT-4002 another toolkit version, RKT-4003 the toolkit does not start, RKT-4008 log not writable.
  ToolkitSession(const ToolkitEnvironment& environment, const std::filesystem::path& log,
                 ToolkitOptions options = {});
  ToolkitSession(ToolkitSession&&) noexcept;
  ~ToolkitSession();

  /// Compiles a graph and writes the .rknn. A return code of 0 is not believed: the log is searched for
  /// operators that were left out and for workers that failed. Throws RKT-4003 the toolkit failed, RKT-4004
  /// operator without lowering, RKT-4005 no such platform, RKT-4006 no such option or not on this platform,
  /// RKT-4007 unreadable graph, RKT-4008 output not writable, RKT-4011 cancelled. After RKT-4011 or a died
  /// child only destruction is allowed; after any other error the session goes on.
  BuildResult build(const BuildRequest& request);

  /// First step of hybrid quantisation: analyses the graph and writes the files whose `config` may then be
  /// edited (names under `custom_quantize_layers`, ranges). Throws like build().
  HybridFiles propose_hybrid(const BuildRequest& request);

  /// Second step: builds from the edited files and writes request.rknn. Throws like build().
  BuildResult build_hybrid(const HybridFiles& files, const BuildRequest& request);

  /// Runs the last graph built on the toolkit's x86 simulator, which computes in the device's arithmetic; one
  /// entry of `runs` holds all inputs of one inference, in graph order. Throws RKT-4003 nothing built or the
  /// simulator failed, RKT-4011 cancelled.
  std::vector<std::vector<SimulatorOutput>> simulate(std::span<const std::vector<SimulatorInput>> runs,
                                                     InputLayout layout = InputLayout::nchw);

  const ToolkitVersions& versions() const noexcept;
  const std::filesystem::path& log() const noexcept;

 private:
  struct Impl;  // keeps processes and pipes out of this header
  std::unique_ptr<Impl> impl_;
};

}  // namespace rkt
