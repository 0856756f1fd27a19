/// A safetensors file, mapped: names to tensors, every offset and size checked against the file.
/// Format: https://github.com/huggingface/safetensors#format (8-byte header length, JSON header, data).
#pragma once
#include <filesystem>
#include <map>
#include <span>
#include <string>

#include "base/files.h"
#include "base/tensor.h"

namespace rkt {

/// Immutable; the views live as long as the object, as long as nobody truncates the file (MappedFile).
class Safetensors {
 public:
  /// Throws RKT-1001, RKT-1002, RKT-1006 damaged or an element type beyond F32, F16, BF16 in a floating
  /// tensor. Tensors of integer and boolean types are checked like the others and left out of `tensors()`.
  explicit Safetensors(const std::filesystem::path& path);

  /// The same checks on bytes that the caller keeps alive. `where` names them in errors.
  /// Accepts what the reference implementation accepts, less repeated names, headers that do not begin with
  /// '{' (which the format asks for) and dimensions beyond 2^63-1.
  static std::map<std::string, TensorView> parse(std::span<const std::byte> bytes, const std::string& where);

  const std::map<std::string, TensorView>& tensors() const noexcept { return tensors_; }
  const std::string& where() const noexcept { return where_; }

 private:
  std::string where_;
  MappedFile file_;
  std::map<std::string, TensorView> tensors_;
};

/// Writes `tensors`, the widest element type first and by name within a type: so each tensor is aligned to
/// its element size without holes, which the format forbids. The views' bytes must fill their shapes.
/// Builds the file in memory. Throws RKT-4008.
void write_safetensors(const std::filesystem::path& path, const std::map<std::string, TensorView>& tensors,
                       const std::map<std::string, std::string>& metadata = {});

}  // namespace rkt
