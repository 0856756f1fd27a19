/// The Python files of this folder, as they were when the library was built.
#pragma once
#include <string_view>

namespace rkt::embedded {

std::string_view driver() noexcept;          ///< driver.py
std::string_view requirements() noexcept;    ///< requirements.txt
std::string_view torch_stand_in() noexcept;  ///< torch_stand_in.py, to be written as torch.py

}  // namespace rkt::embedded
