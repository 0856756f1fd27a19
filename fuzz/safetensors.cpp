/// The safetensors reader on any bytes: an error or views that lie inside them.
#include "model/safetensors.h"

#include <cstdint>
#include <cstdlib>
#include <span>

#include "rkt/error.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::span<const std::byte> bytes = std::as_bytes(std::span(data, size));
  try {
    unsigned sum = 0;
    for (const auto& [name, tensor] : rkt::Safetensors::parse(bytes, "fuzz")) {
      const auto length = static_cast<size_t>(tensor.elements()) * size_of(tensor.dtype);
      if (length != tensor.bytes.size()) std::abort();  // a view that does not fill its shape
      for (const std::byte byte : tensor.bytes) sum += std::to_integer<unsigned>(byte);
    }
    [[maybe_unused]] static volatile unsigned sink;  // keeps the reads
    sink = sum;
  } catch (const rkt::Error&) {
  }
  return 0;
}
