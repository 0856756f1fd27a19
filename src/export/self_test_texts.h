/// src/export/self_test.txt, compiled in: one text a line.
#pragma once
#include <string_view>

namespace rkt {

extern const std::string_view self_test_texts;

}  // namespace rkt
