/// The self-test that an exported directory carries: texts, their ids and the vectors float32 gives them.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace rkt {

inline constexpr const char* self_test_file = "self_test.json";

/// One entry per text in all three; vectors [texts][dim].
struct SelfTest {
  int max_seq_length = 0;  ///< The texts are truncated to so many tokens.
  std::string made_by;     ///< "librkt 0.1.0, OpenVINO … float32"
  std::vector<std::string> texts;
  std::vector<std::vector<int>> ids;
  std::vector<std::vector<float>> vectors;
};

/// The texts every export is tested with unless others are given: short and long, several scripts, code,
/// emoji.
std::vector<std::string> built_in_self_test_texts();

/// Writes `directory`/self_test.json. Throws RKT-4008.
void write_self_test(const std::filesystem::path& directory, const SelfTest& test);

/// Throws RKT-1010 no such file, RKT-1003 and RKT-1004 a damaged one.
SelfTest read_self_test(const std::filesystem::path& directory);

}  // namespace rkt
