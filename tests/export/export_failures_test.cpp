// Failures before the compiler starts: a clear code, and nothing written.
#include <chrono>
#include <gtest/gtest.h>
#include <thread>

#include "rkt/exporter.h"

#include "support/scratch.h"

namespace rkt {
namespace {

namespace fs = std::filesystem;

Error failure_of(ExportOptions options, const TemporaryDirectory& work) {
  if (options.model.empty()) options.model = RKT_MODEL_DIR;
  if (options.output.empty()) options.output = work.path() / "out";
  const Error error = test::error_of([&] { export_model(options); });
  EXPECT_TRUE(fs::is_empty(work.path())) << "something was left behind";
  return error;
}

TEST(ExportFailures, UnknownPlatformHasNearMatches) {
  const TemporaryDirectory work;
  ExportOptions options;
  options.platform = "rk3855";
  const Error error = failure_of(options, work);
  EXPECT_STREQ(error.what(),
               "RKT-4005: no such platform: 'rk3855'; there are rk3588, rk3576, rk3568, rk3566, rk3562");
  EXPECT_NE(error.hint().find("'rk3588'"), std::string::npos) << error.hint();
}

TEST(ExportFailures, LengthOutOfRange) {
  const TemporaryDirectory work;
  for (const int length : {-1, 2, 513}) {
    ExportOptions options;
    options.max_seq_length = length;
    EXPECT_EQ(failure_of(options, work).code(), ErrorCode::length_out_of_range) << "RKT-4009";
  }
}

TEST(ExportFailures, OptimisationLevelOutOfRange) {
  const TemporaryDirectory work;
  ExportOptions options;
  options.optimization_level = 4;
  EXPECT_STREQ(failure_of(options, work).what(),
               "RKT-4006: optimisation level 4 does not exist; there are 0..3");
}

TEST(ExportFailures, MinimalCosineOutOfRange) {
  const TemporaryDirectory work;
  ExportOptions options;
  options.min_cosine = 1.5;
  EXPECT_STREQ(failure_of(options, work).what(),
               "RKT-4006: a minimal cosine of 1.5 was asked for; there are -1..1");
}

TEST(ExportFailures, BadSelfTestTextFailsBeforeTheCompiler) {
  const TemporaryDirectory work;
  ExportOptions options;
  options.self_test_texts = {"fine", "\xff"};
  EXPECT_EQ(failure_of(options, work).code(), ErrorCode::utf8_invalid) << "RKT-2001";
}

TEST(ExportFailures, MissingModel) {
  const TemporaryDirectory work;
  ExportOptions options;
  options.model = fs::path(RKT_MODEL_DIR).parent_path() / "all-MiniLM-L6-v3";
  const Error error = failure_of(options, work);
  EXPECT_EQ(error.code(), ErrorCode::path_not_found) << "RKT-1001";
  EXPECT_NE(error.hint().find("all-MiniLM-L6-v2"), std::string::npos) << error.hint();
}

TEST(ExportFailures, FileInTheWayOfTheOutput) {
  const TemporaryDirectory work;
  test::write(work.path() / "file", "content");
  ExportOptions options;
  options.model = RKT_MODEL_DIR;
  options.output = work.path() / "file" / "below";
  const Error error = test::error_of([&] { export_model(options); });
  EXPECT_EQ(error.code(), ErrorCode::output_unwritable) << "RKT-4008";
  EXPECT_EQ(read_file(work.path() / "file"), "content");
}

TEST(ExportFailures, CancelledBeforeTheFirstStage) {
  const TemporaryDirectory work;
  const std::atomic<bool> cancel = true;
  ExportOptions options;
  options.model = RKT_MODEL_DIR;
  options.output = work.path() / "out";
  const Error error = test::error_of([&] { export_model(options, {}, &cancel); });
  EXPECT_EQ(error.code(), ErrorCode::cancelled) << "RKT-4011";
  EXPECT_TRUE(fs::is_empty(work.path()));
}

TEST(ExportFailures, CancelledInTheCompilerLeavesNothing) {
  const TemporaryDirectory work;
  std::atomic<bool> cancel = false;
  ExportOptions options;
  options.model = RKT_MODEL_DIR;
  options.output = work.path() / "out";
  options.max_seq_length = 128;
  std::thread later;
  const auto progress = [&](std::string_view stage, std::optional<double>) {
    if (stage != "compile" || later.joinable()) return;
    later = std::thread([&] {  // the toolkit takes about a second to start and three to compile
      std::this_thread::sleep_for(std::chrono::milliseconds(1500));
      cancel = true;
    });
  };
  const Error error = test::error_of([&] { export_model(options, progress, &cancel); });
  later.join();
  EXPECT_EQ(error.code(), ErrorCode::cancelled) << error.what();
  EXPECT_TRUE(fs::is_empty(work.path()));
}

}  // namespace
}  // namespace rkt
