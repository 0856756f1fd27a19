#include "export/toolkit/toolkit_session.h"

#include <fmt/format.h>
#include <fstream>

#include "base/files.h"
#include "export/toolkit/driver_process.h"

namespace rkt {
namespace fs = std::filesystem;
namespace {

Json describe(const BuildRequest& request) {
  Json inputs = Json::array();
  for (const GraphInput& input : request.inputs)
    inputs.push_back({{"name", input.name}, {"shape", input.shape}});
  Json result = {{"onnx", fs::absolute(request.onnx).string()},
                 {"output", fs::absolute(request.rknn).string()},
                 {"platform", request.platform},
                 {"config", request.config},
                 {"inputs", std::move(inputs)},
                 {"outputs", request.outputs}};
  if (request.calibration) {
    result["dataset"] = fs::absolute(request.calibration->dataset).string();
    result["auto_hybrid"] = request.calibration->hybrid == Calibration::Hybrid::automatic;
  }
  return result;
}

/// Checked here, because the toolkit would find it out only after the build.
void require_writable_directory(const fs::path& file) {
  std::error_code failure;
  const fs::path directory = fs::absolute(file).parent_path();
  if (!fs::is_directory(directory, failure))
    throw Error(ErrorCode::output_unwritable, fmt::format("cannot write '{}': there is no directory '{}'",
                                                          file.string(), directory.string()));
}

BuildResult read_build(const DriverProcess::Answer& answer) {
  const JsonView view(answer.result, "answer of the toolkit's driver", ErrorCode::toolkit_failed);
  const JsonView seconds = view.object("seconds");
  BuildResult result;
  result.load_seconds = seconds.number_or("load", 0);
  result.build_seconds = seconds.number_or("build", 0);
  result.export_seconds = seconds.number_or("export", 0);
  result.file_bytes = static_cast<uint64_t>(view.integer("file_bytes", 0, INT64_MAX));
  result.peak_rss_kb = static_cast<uint64_t>(view.integer("peak_rss_kb", 0, INT64_MAX));
  result.report = parse_build_log(answer.log);
  return result;
}

template <class Value>
void write_raw(const fs::path& path, const std::vector<Value>& values) {
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream.write(reinterpret_cast<const char*>(values.data()),
               static_cast<std::streamsize>(values.size() * sizeof(Value)));
  stream.close();
  if (!stream)
    throw Error(ErrorCode::output_unwritable, fmt::format("cannot write '{}'", path.string()), "simulate",
                "set TMPDIR to a directory with more room");
}

Json write_input(const SimulatorInput& input, const fs::path& path) {
  const bool integers = std::holds_alternative<std::vector<int64_t>>(input.values);
  std::visit(
      [&](const auto& values) {
        if (static_cast<int64_t>(values.size()) != element_count(input.shape))
          throw Error(ErrorCode::toolkit_failed,
                      fmt::format("a simulator input has {} values; its shape [{}] asks for {}",
                                  values.size(), fmt::join(input.shape, ", "), element_count(input.shape)),
                      "simulate");
        write_raw(path, values);
      },
      input.values);
  return {{"file", path.string()}, {"dtype", integers ? "<i8" : "<f4"}, {"shape", input.shape}};
}

SimulatorOutput read_output(const fs::path& path, const Json& shape) {
  SimulatorOutput output;
  for (const Json& dimension : shape) output.shape.push_back(dimension.get<int64_t>());
  const std::string bytes = read_file(path);
  if (bytes.size() != static_cast<size_t>(element_count(output.shape)) * sizeof(float))
    throw Error(ErrorCode::toolkit_failed,
                fmt::format("the simulator wrote {} bytes for an output of shape [{}]", bytes.size(),
                            fmt::join(output.shape, ", ")),
                "simulate");
  output.values.resize(bytes.size() / sizeof(float));
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(output.values.data()));
  return output;
}

}  // namespace

struct ToolkitSession::Impl {
  Impl(const ToolkitEnvironment& environment, const fs::path& log, ToolkitOptions options)
      : driver(environment.python, environment.isolation, log, std::move(options)), versions(driver.hello()) {
    require_version(versions, environment.python);
  }

  /// A request whose failures are explained; also those that only the log shows.
  DriverProcess::Answer checked(const std::string& operation, Json request) {
    const FailureContext context{platform, driver.log()};
    DriverProcess::Answer answer = driver.request(operation, std::move(request));
    if (auto hidden = find_hidden_failure(answer.log, context)) throw *hidden;
    if (answer.error) throw explain_failure(*answer.error, answer.log, context);
    return answer;
  }

  DriverProcess driver;
  ToolkitVersions versions;
  std::string platform;  ///< Of the last build.
};

ToolkitSession::ToolkitSession(const ToolkitEnvironment& environment, const fs::path& log,
                               ToolkitOptions options)
    : impl_(std::make_unique<Impl>(environment, log, std::move(options))) {}

ToolkitSession::ToolkitSession(ToolkitSession&&) noexcept = default;
ToolkitSession::~ToolkitSession() = default;

const ToolkitVersions& ToolkitSession::versions() const noexcept {
  return impl_->versions;
}

const fs::path& ToolkitSession::log() const noexcept {
  return impl_->driver.log();
}

BuildResult ToolkitSession::build(const BuildRequest& request) {
  require_exists(request.onnx);
  require_writable_directory(request.rknn);
  impl_->platform = request.platform;
  return read_build(impl_->checked("build", describe(request)));
}

HybridFiles ToolkitSession::propose_hybrid(const BuildRequest& request) {
  require_exists(request.onnx);
  impl_->platform = request.platform;
  const DriverProcess::Answer answer = impl_->checked("hybrid_step1", describe(request));
  const JsonView view(answer.result, "answer of the toolkit's driver", ErrorCode::toolkit_failed);
  return {view.string("model"), view.string("data"), view.string("config")};
}

BuildResult ToolkitSession::build_hybrid(const HybridFiles& files, const BuildRequest& request) {
  require_writable_directory(request.rknn);
  impl_->platform = request.platform;
  return read_build(impl_->checked("hybrid_step2", {{"model", files.model.string()},
                                                    {"data", files.data.string()},
                                                    {"config", files.config.string()},
                                                    {"output", fs::absolute(request.rknn).string()}}));
}

std::vector<std::vector<SimulatorOutput>> ToolkitSession::simulate(
    std::span<const std::vector<SimulatorInput>> runs, InputLayout layout) {
  std::vector<std::vector<SimulatorOutput>> results;
  if (runs.empty()) return results;
  const fs::path directory = impl_->driver.scratch() / "tensors";
  std::error_code ignored;
  fs::remove_all(directory, ignored);
  fs::create_directory(directory);
  Json list = Json::array();
  Json formats = Json::array();
  for (size_t run = 0; run < runs.size(); ++run) {
    Json inputs = Json::array();
    for (size_t i = 0; i < runs[run].size(); ++i)
      inputs.push_back(write_input(runs[run][i], directory / fmt::format("{}.in.{}", run, i)));
    list.push_back(
        {{"inputs", std::move(inputs)}, {"outputs", (directory / fmt::format("{}.out", run)).string()}});
  }
  for (size_t i = 0; i < runs.front().size(); ++i)
    formats.push_back(layout == InputLayout::nchw ? "nchw" : "nhwc");
  const DriverProcess::Answer answer =
      impl_->checked("simulate", {{"runs", std::move(list)}, {"data_format", std::move(formats)}});
  const JsonView view(answer.result, "answer of the toolkit's driver", ErrorCode::toolkit_failed);
  const Json& shapes = view.array("shapes");
  if (shapes.size() != runs.size())
    view.fail(fmt::format("{} results for {} runs", shapes.size(), runs.size()));
  for (size_t run = 0; run < runs.size(); ++run) {
    auto& outputs = results.emplace_back();
    for (size_t i = 0; i < shapes[run].size(); ++i)
      outputs.push_back(read_output(directory / fmt::format("{}.out.{}", run, i), shapes[run][i]));
  }
  fs::remove_all(directory, ignored);
  return results;
}

}  // namespace rkt
