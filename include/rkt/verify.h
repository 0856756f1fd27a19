/// Replay the self-test that an exported directory carries.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "rkt/device.h"
#include "rkt/error.h"

namespace rkt {

struct VerifyReport {
  std::string device;  ///< What ran the texts.
  int texts = 0;
  int different_ids = 0;        ///< Texts whose token ids differ from the recorded ones.
  std::vector<double> cosines;  ///< [texts] to the recorded float32 vectors.
  double cosine_mean = 0, cosine_min = 0;
  double min_cosine = 0;                   ///< What was asked for.
  std::vector<std::string> damaged_files;  ///< Compiled files that are missing or whose SHA-256 differs.
  int checked_files = 0;
  bool passed = false;  ///< No different ids, no damaged files, cosine_min >= min_cosine.
};

/// Tokenises and embeds the self-test's texts and compares ids, vectors and the hashes of the compiled files.
/// min_cosine: -1..1. A difference is reported, not thrown.
/// Throws RKT-1010 no self-test in the directory, and what Embedder throws.
VerifyReport verify_directory(const std::filesystem::path& directory, const DeviceOptions& options = {},
                              double min_cosine = 0.9999);

}  // namespace rkt
