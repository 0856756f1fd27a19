/// NumPy's .npy format, version 1.0: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
#pragma once
#include <cstdint>
#include <string>

namespace rkt::cli {

/// 128 bytes whatever the numbers, so that the number of rows can be filled in when it is known.
/// The data is float32 [rows, columns], little-endian, row-major.
std::string npy_header(uint64_t rows, uint64_t columns);

}  // namespace rkt::cli
