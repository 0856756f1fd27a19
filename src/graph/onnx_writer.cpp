#include "graph/onnx_writer.h"

#include <onnx/onnx_pb.h>
#include <unordered_set>

#include "rkt/error.h"
#include "rkt/version.h"

namespace rkt {

struct OnnxWriter::Impl {
  onnx::ModelProto model;
  std::unordered_set<std::string> constants;

  onnx::GraphProto& graph() { return *model.mutable_graph(); }

  // Null if a constant of this name exists.
  onnx::TensorProto* add_constant(const std::string& name, int type, const Shape& shape, const void* data,
                                  size_t bytes) {
    if (!constants.insert(name).second) return nullptr;
    onnx::TensorProto* tensor = graph().add_initializer();
    tensor->set_name(name);
    tensor->set_data_type(type);
    for (const int64_t size : shape) tensor->add_dims(size);
    tensor->set_raw_data(data, bytes);
    return tensor;
  }
};

namespace {

void describe(onnx::ValueInfoProto& value, const std::string& name, const std::vector<Dimension>& shape) {
  value.set_name(name);
  onnx::TypeProto_Tensor& type = *value.mutable_type()->mutable_tensor_type();
  type.set_elem_type(onnx::TensorProto::FLOAT);
  for (const Dimension& dimension : shape) {
    auto* added = type.mutable_shape()->add_dim();
    if (dimension.name.empty()) {
      added->set_dim_value(dimension.size);
    } else {
      added->set_dim_param(dimension.name);
    }
  }
}

}  // namespace

OnnxWriter::OnnxWriter() : impl_(std::make_unique<Impl>()) {}
OnnxWriter::~OnnxWriter() = default;

void OnnxWriter::input(const std::string& name, const std::vector<Dimension>& shape) {
  describe(*impl_->graph().add_input(), name, shape);
}

void OnnxWriter::output(const std::string& name, const std::vector<Dimension>& shape) {
  describe(*impl_->graph().add_output(), name, shape);
}

std::string OnnxWriter::node(const char* op, const std::vector<std::string>& inputs, const std::string& name,
                             const std::vector<Attribute>& attributes) {
  node(op, inputs, std::vector<std::string>{name}, attributes);
  return name;
}

void OnnxWriter::node(const char* op, const std::vector<std::string>& inputs,
                      const std::vector<std::string>& outputs, const std::vector<Attribute>& attributes) {
  onnx::NodeProto& added = *impl_->graph().add_node();
  added.set_op_type(op);
  added.set_name(outputs.front());
  for (const std::string& input : inputs) added.add_input(input);
  for (const std::string& output : outputs) added.add_output(output);
  for (const Attribute& attribute : attributes) {
    onnx::AttributeProto& written = *added.add_attribute();
    written.set_name(attribute.name);
    written.set_type(attribute.list ? onnx::AttributeProto::INTS : onnx::AttributeProto::INT);
    if (attribute.list) {
      for (const int64_t value : attribute.values) written.add_ints(value);
    } else {
      written.set_i(attribute.values.front());
    }
  }
}

std::string OnnxWriter::constant(const std::string& name, std::span<const float> values, const Shape& shape) {
  impl_->add_constant(name, onnx::TensorProto::FLOAT, shape, values.data(), values.size_bytes());
  return name;
}

std::string OnnxWriter::constant(const std::string& name, std::span<const int64_t> values) {
  impl_->add_constant(name, onnx::TensorProto::INT64, {static_cast<int64_t>(values.size())}, values.data(),
                      values.size_bytes());
  return name;
}

std::string OnnxWriter::scalar(const std::string& name, float value) {
  impl_->add_constant(name, onnx::TensorProto::FLOAT, {}, &value, sizeof value);
  return name;
}

std::string OnnxWriter::finish(const std::string& graph_name) {
  impl_->graph().set_name(graph_name);
  impl_->model.set_ir_version(8);
  impl_->model.set_producer_name("librkt");
  impl_->model.set_producer_version(std::string(version()));
  impl_->model.add_opset_import()->set_version(19);
  constexpr size_t limit = (size_t{1} << 31U) - 1;  // of protobuf
  if (impl_->model.ByteSizeLong() > limit)
    throw Error(ErrorCode::graph_invalid,
                "the graph has " + std::to_string(impl_->model.ByteSizeLong()) +
                    " bytes; an ONNX file holds at most " + std::to_string(limit),
                "graph");
  std::string bytes = impl_->model.SerializeAsString();
  *impl_ = Impl{};
  return bytes;
}

}  // namespace rkt
