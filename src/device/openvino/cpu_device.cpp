#include <algorithm>
#include <fmt/format.h>
#include <openvino/openvino.hpp>
#include <thread>

#include "rkt/error.h"

#include "base/tensor.h"
#include "device/device.h"
#include "device/mask.h"

namespace rkt {
namespace {

[[noreturn]] void fail(const char* stage, const std::exception& problem) {
  throw Error(ErrorCode::device_failed, fmt::format("OpenVINO could not {}: {}", stage, problem.what()),
              "cpu device");
}

class CpuRequest final : public Request {
 public:
  CpuRequest(ov::InferRequest request, const GraphForm& form, int hidden)
      : request_(std::move(request)), form_(form), hidden_(static_cast<size_t>(hidden)) {}

  std::span<const float> run(const Batch& batch, std::span<const float> embeddings) override {
    check(batch);
    try {
      bind_mask(batch);
      return form_.layout == GraphLayout::rows ? run_rows(batch, embeddings)
                                               : run_channels(batch, embeddings);
    } catch (const ov::Exception& problem) {
      fail("run", problem);
    }
  }

 private:
  void check(const Batch& batch) const {
    if (form_.length > 0 && batch.length != form_.length)
      throw Error(
          ErrorCode::text_too_long,
          fmt::format("a batch of length {} was given to a graph of length {}", batch.length, form_.length),
          "cpu device");
    if (form_.rows > 0 && form_.layout == GraphLayout::rows && batch.rows != form_.rows)
      throw Error(ErrorCode::device_failed,
                  fmt::format("a batch of {} rows was given to a graph of {}", batch.rows, form_.rows),
                  "cpu device");
    if (!batch.one_text_per_row && form_.mask == MaskForm::per_text && !takes_both())
      throw Error(ErrorCode::device_failed, "a packed batch was given to a graph with a per-text mask",
                  "cpu device");
  }

  bool takes_both() const noexcept { return form_.layout == GraphLayout::rows && form_.length == 0; }

  void bind_mask(const Batch& batch) {
    mask_form_ = takes_both() ? (batch.one_text_per_row ? MaskForm::per_text : MaskForm::packed) : form_.mask;
    mask_.resize(mask_elements(batch, mask_form_));
    write_mask(batch, mask_form_, mask_);
  }

  ov::Tensor mask_tensor(size_t rows, size_t length, float* values) const {
    const Shape shape =
        mask_shape(mask_form_, form_.mask_axes, static_cast<int>(rows), static_cast<int>(length));
    return {ov::element::f32, ov::Shape(shape.begin(), shape.end()), values};
  }

  std::span<const float> run_rows(const Batch& batch, std::span<const float> embeddings) {
    const auto rows = static_cast<size_t>(batch.rows), length = static_cast<size_t>(batch.length);
    // OpenVINO only reads inputs; its Tensor has no const form over foreign memory.
    request_.set_tensor("embeddings",
                        {ov::element::f32, {rows, length, hidden_}, const_cast<float*>(embeddings.data())});
    request_.set_tensor("mask", mask_tensor(rows, length, mask_.data()));
    request_.infer();
    const ov::Tensor result = request_.get_tensor("last_hidden_state");
    return {result.data<const float>(), result.get_size()};
  }

  std::span<const float> run_channels(const Batch& batch, std::span<const float> embeddings) {
    const auto rows = static_cast<size_t>(batch.rows), length = static_cast<size_t>(batch.length);
    const size_t row_elements = length * hidden_, row_mask = mask_.size() / std::max<size_t>(rows, 1);
    channels_.resize(row_elements);
    hidden_states_.resize(rows * row_elements);
    for (size_t row = 0; row < rows; ++row) {
      transpose(embeddings.subspan(row * row_elements, row_elements), length, hidden_, channels_);
      request_.set_tensor("embeddings", {ov::element::f32, {1, hidden_, 1, length}, channels_.data()});
      request_.set_tensor("mask", mask_tensor(1, length, mask_.data() + row * row_mask));
      request_.infer();
      const ov::Tensor result = request_.get_tensor("last_hidden_state");
      transpose({result.data<const float>(), row_elements}, hidden_, length,
                std::span(hidden_states_).subspan(row * row_elements, row_elements));
    }
    return hidden_states_;
  }

  ov::InferRequest request_;
  GraphForm form_;
  size_t hidden_;
  MaskForm mask_form_ = MaskForm::per_text;
  std::vector<float> mask_, channels_, hidden_states_;
};

class CpuModel final : public CompiledModel {
 public:
  CpuModel(ov::CompiledModel model, const Graph& graph)
      : model_(std::move(model)), form_(graph.form), hidden_(graph.hidden) {}

  std::unique_ptr<Request> create_request() override {
    try {
      return std::make_unique<CpuRequest>(model_.create_infer_request(), form_, hidden_);
    } catch (const ov::Exception& problem) {
      fail("create a request", problem);
    }
  }

 private:
  ov::CompiledModel model_;
  GraphForm form_;
  int hidden_;
};

// OpenVINO 2026.4.1 computes wrong vectors without an error for bf16, static shapes, one row and a mask
// [1, 1, 1, S] (cosine 0.56 on a CPU with AVX-512 bf16). With the number of rows left open it is right, so a
// static graph is compiled that way in bf16. Test: tests/device/wrong_vectors_test.cpp.
void open_row_dimension(ov::Model& model, const GraphForm& form) {
  if (form.layout != GraphLayout::rows) return;
  std::map<std::string, ov::PartialShape> shapes;
  for (const ov::Output<ov::Node>& input : model.inputs()) {
    ov::PartialShape shape = input.get_partial_shape();
    shape[0] = ov::Dimension::dynamic();
    shapes[input.get_any_name()] = shape;
  }
  model.reshape(shapes);
}

class CpuDevice final : public Device {
 public:
  explicit CpuDevice(const DeviceOptions& options)
      : precision_(options.precision),
        threads_(options.threads > 0 ? options.threads
                                     : std::max(1, static_cast<int>(std::thread::hardware_concurrency()))) {
    if (precision_ != Precision::bf16) return;
    const auto capabilities = core_.get_property("CPU", ov::device::capabilities);
    if (std::find(capabilities.begin(), capabilities.end(), ov::device::capability::BF16) ==
        capabilities.end())
      throw Error(ErrorCode::device_unavailable, "this CPU has no bf16 arithmetic", "cpu device",
                  "use float32, or a machine with AVX-512 bf16 or AMX");
  }

  std::string description() const override {
    const std::string build = ov::get_openvino_version().buildNumber;  // "2026.4.1-22982-…"
    return fmt::format("OpenVINO {} on {}, {}, {} thread{}", build.substr(0, build.find('-')), cpu_name(),
                       precision_ == Precision::f32 ? "float32" : "bfloat16", threads_,
                       threads_ == 1 ? "" : "s");
  }

  GraphForm preferred_form() const override { return {}; }

  std::unique_ptr<CompiledModel> compile(const Graph& graph) override {
    try {
      const std::shared_ptr<ov::Model> model = core_.read_model(graph.onnx, ov::Tensor());
      if (precision_ == Precision::bf16) open_row_dimension(*model, graph.form);
      ov::CompiledModel compiled = core_.compile_model(
          model, "CPU", ov::inference_num_threads(threads_), ov::num_streams(1),
          ov::hint::enable_cpu_pinning(false),
          ov::hint::inference_precision(precision_ == Precision::f32 ? ov::element::f32 : ov::element::bf16));
      return std::make_unique<CpuModel>(std::move(compiled), graph);
    } catch (const ov::Exception& problem) {
      fail("compile the graph", problem);
    }
  }

 private:
  std::string cpu_name() const {
    return const_cast<ov::Core&>(core_).get_property("CPU", ov::device::full_name);
  }

  ov::Core core_;
  Precision precision_;
  int threads_;
};

}  // namespace

std::unique_ptr<Device> open_cpu_device(const DeviceOptions& options) {
  try {
    return std::make_unique<CpuDevice>(options);
  } catch (const ov::Exception& problem) {
    fail("start", problem);
  }
}

}  // namespace rkt
