// The real toolkit in its real environment, created by the first test that needs it (a download of some
// minutes).
#include "export/toolkit/toolkit_session.h"

#include <algorithm>
#include <atomic>
#include <onnx/onnx_pb.h>
#include <thread>

#include "toolkit/support.h"

namespace rkt {
namespace {

namespace fs = std::filesystem;
using testing::error_of;
using testing::expect_parts;

const Shape shape{1, 4, 1, 8};

void describe(onnx::ValueInfoProto& value, const char* name) {
  value.set_name(name);
  auto& tensor = *value.mutable_type()->mutable_tensor_type();
  tensor.set_elem_type(onnx::TensorProto::FLOAT);
  for (const int64_t size : shape) tensor.mutable_shape()->add_dim()->set_dim_value(size);
}

/// y = op(x), one node named n0.
void write_graph(const fs::path& path, const char* op) {
  onnx::ModelProto model;
  model.set_ir_version(8);
  model.add_opset_import()->set_version(19);
  auto& graph = *model.mutable_graph();
  graph.set_name("g");
  describe(*graph.add_input(), "x");
  describe(*graph.add_output(), "y");
  auto& node = *graph.add_node();
  node.set_name("n0");
  node.set_op_type(op);
  node.add_input("x");
  node.add_output("y");
  write_file(path, model.SerializeAsString());
}

class Toolkit : public ::testing::Test {
 protected:
  Toolkit() {
    write_graph(relu_.onnx, "Relu");
    relu_.platform = "rk3588";
  }

  ToolkitSession open(ToolkitOptions options = {}) {
    return {ensure_toolkit(options), scratch_.path() / "toolkit.log", options};
  }

  TemporaryDirectory scratch_;
  BuildRequest relu_{.onnx = scratch_.path() / "relu.onnx", .rknn = scratch_.path() / "relu.rknn"};
};

TEST_F(Toolkit, BuildsAndSimulates) {
  std::vector<std::string> stages;
  ToolkitSession session = open({.progress = [&](std::string_view stage, std::optional<double>) {
    if (stages.empty() || stages.back() != stage) stages.emplace_back(stage);
  }});
  EXPECT_EQ(session.versions().toolkit, "2.3.2");
  stages.clear();
  const BuildResult built = session.build(relu_);
  EXPECT_EQ(built.file_bytes, fs::file_size(relu_.rknn));
  EXPECT_EQ(built.report.cpu_operators, 0);
  ASSERT_EQ(built.report.npu_operators, 1);
  EXPECT_EQ(built.report.operators[0].name, "Relu:n0");
  EXPECT_GT(built.report.internal_kb, 0);
  EXPECT_GT(built.peak_rss_kb, 50'000U);

  std::vector<SimulatorInput> input{{shape, std::vector<float>(32)}};
  auto& values = std::get<std::vector<float>>(input[0].values);
  for (size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i) / 4 - 2;  // exact in float16
  const std::vector<std::vector<SimulatorInput>> runs(3, input);
  const auto outputs = session.simulate(runs);
  EXPECT_EQ(stages, (std::vector<std::string>{"load", "build", "export", "simulator", "simulate"}));
  ASSERT_EQ(outputs.size(), 3U);
  for (const auto& run : outputs) {
    ASSERT_EQ(run.size(), 1U);
    EXPECT_EQ(run[0].shape, shape);
    for (size_t i = 0; i < values.size(); ++i) EXPECT_EQ(run[0].values[i], std::max(values[i], 0.0F));
  }
  EXPECT_TRUE(session.simulate({}).empty());
}

TEST_F(Toolkit, OnePlatformAfterTheOther) {
  ToolkitSession session = open();
  for (const char* platform : {"rk3562", "rk3566", "rk3568", "rk3576"}) {
    relu_.platform = platform;
    EXPECT_EQ(session.build(relu_).report.npu_operators, 1) << platform;
  }
}

TEST_F(Toolkit, ConfigurationAndInputsArePassedOn) {
  ToolkitSession session = open();
  relu_.config = {{"optimization_level", 0}, {"float_dtype", "float16"}, {"single_core_mode", true}};
  relu_.inputs = {{"x", shape}};
  relu_.outputs = {"y"};
  EXPECT_EQ(session.build(relu_).report.npu_operators, 1);
}

TEST_F(Toolkit, EveryRefusalHasItsCodeAndTheSessionGoesOn) {
  ToolkitSession session = open();
  const auto refused = [&](std::initializer_list<const char*> parts,
                           const std::function<void(BuildRequest&)>& change) {
    BuildRequest request = relu_;
    change(request);
    const std::string text = error_of([&] { session.build(request); });
    expect_parts(text, parts);
    expect_parts(text, {"toolkit.log'"});
  };
  refused({"RKT-4004: 1 operator of the graph cannot run on rk3588: Asinh (n0)"}, [&](BuildRequest& request) {
    request.onnx = scratch_.path() / "asinh.onnx";
    write_graph(request.onnx, "Asinh");
  });
  refused({"RKT-4005: no such platform: 'rk3855'", "did you mean 'rk3588'"},
          [](BuildRequest& request) { request.platform = "rk3855"; });
  refused({"RKT-4006: quantized dtype 'w8a16' is not available on rk3588"},
          [](BuildRequest& request) { request.config["quantized_dtype"] = "w8a16"; });
  refused({"RKT-4006", "invalid quantized_dtype 'w3a3', expect in ['w8a8'"},
          [](BuildRequest& request) { request.config["quantized_dtype"] = "w3a3"; });
  refused({"RKT-4006: the toolkit has no option 'compress_weights'", "did you mean 'compress_weight'"},
          [](BuildRequest& request) { request.config["compress_weights"] = true; });
  refused({"RKT-4006: no such optimisation level: '9'"},
          [](BuildRequest& request) { request.config["optimization_level"] = 9; });
  refused({"RKT-4007: the file is not an ONNX model"}, [&](BuildRequest& request) {
    request.onnx = scratch_.path() / "bad.onnx";
    write_file(request.onnx, "\xFF\xFE not a model");
  });
  refused({"RKT-4007", "an operator that ONNX does not define in its opset: Frobnicate"},
          [&](BuildRequest& request) {
            request.onnx = scratch_.path() / "unknown.onnx";
            write_graph(request.onnx, "Frobnicate");
          });
  refused({"RKT-4007: the graph has no tensor 'nope', which was named among its inputs"},
          [](BuildRequest& request) {
            request.inputs = {{"nope", shape}};
          });
  refused({"RKT-4007: the graph has no tensor 'nope', which was named among its outputs"},
          [](BuildRequest& request) { request.outputs = {"nope"}; });
  refused({"RKT-4003"}, [](BuildRequest& request) { request.calibration = Calibration{"/nonexistent.txt"}; });
  EXPECT_EQ(session.build(relu_).report.npu_operators, 1);
}

TEST_F(Toolkit, QuantisesWithCalibrationAndInTwoSteps) {
  std::string npy("\x93NUMPY\x01\x00", 8);
  const std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 4, 1, 8)}";
  npy += {static_cast<char>(118), 0};
  npy += header + std::string(117 - header.size(), ' ') + "\n";
  for (int i = 0; i < 32; ++i) {
    const float value = static_cast<float>(i) / 4 - 2;
    npy.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  write_file(scratch_.path() / "sample.npy", npy);
  write_file(scratch_.path() / "dataset.txt", (scratch_.path() / "sample.npy").string() + "\n");
  relu_.calibration = Calibration{scratch_.path() / "dataset.txt"};
  relu_.config["quantized_dtype"] = "w8a8";

  ToolkitSession session = open();
  const BuildResult plain = session.build(relu_);
  ASSERT_EQ(plain.report.npu_operators, 1);
  EXPECT_EQ(plain.report.operators[0].dtype, "INT8");
  for (int round = 0; round < 2; ++round) {  // twice: the second must not find the first one's files
    const HybridFiles files = session.propose_hybrid(relu_);
    EXPECT_NE(read_file(files.config).find("custom_quantize_layers"), std::string::npos);
    EXPECT_EQ(session.build_hybrid(files, relu_).report.npu_operators, 1);
  }
  const std::vector<std::vector<SimulatorInput>> runs{{{shape, std::vector<float>(32, 1.0F)}}};
  EXPECT_EQ(session.simulate(runs).at(0).at(0).values.size(), 32U);
}

TEST_F(Toolkit, PathsAreCheckedBeforeTheBuild) {
  ToolkitSession session = open();
  BuildRequest request = relu_;
  request.onnx = scratch_.path() / "rleu.onnx";
  expect_parts(error_of([&] { session.build(request); }), {"RKT-1001", "did you mean 'relu.onnx'"});
  request = relu_;
  request.rknn = scratch_.path() / "nowhere" / "relu.rknn";
  expect_parts(error_of([&] { session.build(request); }), {"RKT-4008", "there is no directory"});
}

TEST_F(Toolkit, SimulatorRefusesWrongShapesAndWhatIsNotBuilt) {
  ToolkitSession session = open();
  std::vector<std::vector<SimulatorInput>> runs{{{shape, std::vector<float>(32)}}};
  expect_parts(error_of([&] { session.simulate(runs); }), {"RKT-4003", "nothing is built yet"});
  session.build(relu_);
  runs[0][0].shape = {1, 4, 1, 9};
  expect_parts(error_of([&] { session.simulate(runs); }), {"RKT-4003", "32 values", "asks for 36"});
  runs[0][0].values = std::vector<float>(36);
  expect_parts(error_of([&] { session.simulate(runs); }), {"RKT-4003", "expect 'nchw' like (1, 4, 1, 8)"});
  runs[0][0] = {shape, std::vector<float>(32)};
  runs.push_back({runs[0][0], runs[0][0]});
  expect_parts(error_of([&] { session.simulate(runs); }), {"RKT-4003", "inference returned nothing"});
  runs.pop_back();
  EXPECT_EQ(session.simulate(runs).size(), 1U);
}

TEST_F(Toolkit, CancelledBuildEndsAtOnce) {
  std::atomic<bool> cancel{false};
  ToolkitOptions options;
  options.cancel = &cancel;
  options.progress = [&](std::string_view stage, std::optional<double>) { cancel = stage == "build"; };
  ToolkitSession session = open(options);
  expect_parts(error_of([&] { session.build(relu_); }), {"RKT-4011"});
}

}  // namespace
}  // namespace rkt
