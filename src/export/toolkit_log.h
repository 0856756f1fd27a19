/// Where the compiler's output goes until an export succeeds; a failure leaves it there for the reader.
#pragma once
#include <filesystem>

namespace rkt {

/// A new file name beside the toolkit's environment: logs/export-<date>-<time>-<process>.log. The 20 newest
/// are kept. Throws RKT-4008.
std::filesystem::path new_log_file();

}  // namespace rkt
