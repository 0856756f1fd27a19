#include "rkt/verify.h"

#include "rkt/embedder.h"
#include "rkt/inspect.h"

#include "export/self_test.h"
#include "export/simulator_check.h"

namespace rkt {
namespace {

void compare_ids(const Embedder& model, const SelfTest& test, VerifyReport& report) {
  EncodeOptions options;
  options.truncation =
      Truncation{test.max_seq_length, TruncationStrategy::longest_first, 0, Overflowing::drop};
  for (size_t i = 0; i < test.texts.size(); ++i)
    report.different_ids += model.tokenizer().encode(test.texts[i], options).ids != test.ids[i] ? 1 : 0;
}

void compare_vectors(const Embedder& model, const SelfTest& test, VerifyReport& report) {
  EmbedOptions options;
  options.overflow = Overflow::truncate;
  options.max_length = test.max_seq_length;
  const Embeddings embeddings = model.embed(test.texts, options);
  if (test.vectors[0].size() != static_cast<size_t>(embeddings.dim))
    throw Error(ErrorCode::self_test_failed,
                "the self-test's vectors have " + std::to_string(test.vectors[0].size()) +
                    " floats, the model's " + std::to_string(embeddings.dim),
                self_test_file);
  std::vector<std::vector<float>> vectors;
  vectors.reserve(test.texts.size());
  for (int i = 0; i < embeddings.rows; ++i)
    vectors.emplace_back(embeddings.row(i).begin(), embeddings.row(i).end());
  const CosineSummary summary = compare(vectors, test.vectors, &report.cosines);
  report.cosine_mean = summary.mean;
  report.cosine_min = summary.min;
}

void check_files(const std::filesystem::path& directory, VerifyReport& report) {
  for (const CompiledFile& file : inspect_directory(directory).compiled) {
    const bool damaged =
        !file.exists || (!file.recorded_sha256.empty() && file.sha256 != file.recorded_sha256);
    ++report.checked_files;
    if (damaged) report.damaged_files.push_back(file.path.lexically_relative(directory).string());
  }
}

}  // namespace

VerifyReport verify_directory(const std::filesystem::path& directory, const DeviceOptions& options,
                              double min_cosine) {
  const SelfTest test = read_self_test(directory);
  const Embedder model(directory, options);
  VerifyReport report;
  report.device = model.device();
  report.texts = static_cast<int>(test.texts.size());
  report.min_cosine = min_cosine;
  compare_ids(model, test, report);
  compare_vectors(model, test, report);
  check_files(directory, report);
  report.passed =
      report.different_ids == 0 && report.damaged_files.empty() && report.cosine_min >= min_cosine;
  return report;
}

}  // namespace rkt
