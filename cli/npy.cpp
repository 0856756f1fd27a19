#include "cli/npy.h"

#include <bit>
#include <fmt/format.h>
#include <string_view>

namespace rkt::cli {

std::string npy_header(uint64_t rows, uint64_t columns) {
  static_assert(std::endian::native == std::endian::little, "'<f4' is what this machine has in memory");
  constexpr size_t total = 128;  // the format wants a multiple of 64; the longest numbers leave room to spare
  constexpr std::string_view magic("\x93NUMPY\x01\x00", 8);
  std::string header(magic);
  constexpr size_t length = total - magic.size() - 2;
  header += static_cast<char>(length);
  header += '\0';
  header += fmt::format("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, {}), }}", rows, columns);
  header.resize(total - 1, ' ');
  return header + '\n';
}

}  // namespace rkt::cli
