/// Writes ONNX nodes and constants one after the other; knows no model.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/tensor.h"

namespace rkt {

/// A dimension of a graph input: a size, or a name for "any".
struct Dimension {
  int64_t size = 0;
  std::string name;
};

/// Names are ONNX values; every node is called after its first output. Not thread-safe.
class OnnxWriter {
 public:
  OnnxWriter();
  ~OnnxWriter();
  OnnxWriter(const OnnxWriter&) = delete;
  OnnxWriter& operator=(const OnnxWriter&) = delete;

  struct Attribute {
    std::string name;
    std::vector<int64_t> values;
    bool list = true;  ///< An ints attribute; false: the one value as an int.
  };

  void input(const std::string& name, const std::vector<Dimension>& shape);
  void output(const std::string& name, const std::vector<Dimension>& shape);

  /// Adds a node with one output called `name` and returns `name`.
  std::string node(const char* op, const std::vector<std::string>& inputs, const std::string& name,
                   const std::vector<Attribute>& attributes = {});
  /// Adds a node with several outputs.
  void node(const char* op, const std::vector<std::string>& inputs, const std::vector<std::string>& outputs,
            const std::vector<Attribute>& attributes = {});

  /// Adds a constant and returns its name. A name already used stands for the constant it had.
  std::string constant(const std::string& name, std::span<const float> values, const Shape& shape);
  std::string constant(const std::string& name, std::span<const int64_t> values);
  std::string scalar(const std::string& name, float value);

  /// The ModelProto (opset 19, ir_version 8), serialized. The writer is empty afterwards.
  /// Throws RKT-4007 more than 2 GB, which no ONNX file can hold.
  std::string finish(const std::string& graph_name);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rkt
