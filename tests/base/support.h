/// What several tests need: errors as text, a directory of one's own.
#pragma once
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

#include "rkt/error.h"

#include "base/files.h"

namespace rkt::test {

/// The error that `action` throws, formatted: "RKT-nnnn: message" and, if known, where and hint.
/// "nothing thrown" if it succeeds; anything but rkt::Error fails the test by passing through.
template <typename Action>
std::string error_of(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.format();
  }
  return "nothing thrown";
}

/// Empty at the start, gone with the object.
class TemporaryDirectory : public rkt::TemporaryDirectory {
 public:
  std::filesystem::path operator/(const std::string& name) const { return path() / name; }

  /// Writes a file, its directories included.
  std::filesystem::path write(const std::string& name, std::string_view content) const {
    std::filesystem::create_directories((path() / name).parent_path());
    std::ofstream(path() / name, std::ios::binary) << content;
    return path() / name;
  }

  /// Names of everything inside, sorted, relative.
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path()))
      found.push_back(entry.path().lexically_relative(path()).string());
    std::sort(found.begin(), found.end());
    return found;
  }
};

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace rkt::test

/// The statement throws an error whose text starts with `code` and contains `part`.
#define EXPECT_RKT_ERROR(code, part, statement)                                            \
  do {                                                                                     \
    const std::string rkt_text = rkt::test::error_of([&] { (void)(statement); });          \
    EXPECT_EQ(rkt_text.substr(0, 8), code) << rkt_text;                                    \
    EXPECT_TRUE(rkt::test::contains(rkt_text, part)) << rkt_text << "\n  lacks: " << part; \
  } while (false)
