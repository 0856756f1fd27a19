// Texts as rknn-toolkit2 2.3.2 prints them; toolkit_session_test.cpp has it print most of them again.
#include "export/toolkit/failure.h"

#include <gtest/gtest.h>

#include "toolkit/support.h"

namespace rkt {
namespace {

using testing::expect_parts;

const FailureContext context{"rk3588", "export.log"};

std::string explain(const DriverError& error, std::string_view log = {}) {
  return explain_failure(error, log, context).format();
}

TEST(Failure, ReturnCodeTakesItsReasonFromTheLog) {
  expect_parts(explain({"return_code", "build", "build returned -1"},
                       "I fine\n\x1b[1;31mE\x1b[0m \x1b[1;31mbuild: something odd\x1b[0m\nI more\n"),
               {"RKT-4003: build returned -1: build: something odd", "where: build", "'export.log'"});
}

TEST(Failure, TracebackIsReducedToItsLastException) {
  expect_parts(
      explain(
          {"ValueError", "build",
           "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\nTypeError: first: of\ntwo\n"}),
      {"RKT-4003: ValueError: first: of\\ntwo\n  where: build"});
}

TEST(Failure, MemoryError) {
  expect_parts(explain({"MemoryError", "build", ""}), {"RKT-4003: the toolkit ran out of memory"});
  expect_parts(explain({"ValueError", "build", "numpy: Unable to allocate 9 GiB"}),
               {"RKT-4003", "out of memory"});
}

TEST(Failure, SequenceBeyondThePositions) {
  expect_parts(explain({"ValueError", "load", "Expand node. Name:'Expand_1' invalid expand shape"}),
               {"RKT-4007", "beyond the model's positions"});
}

TEST(Failure, DamagedRknn) {
  expect_parts(
      explain({"return_code", "load", "load returned -1"}, "E load_rknn: The 'a' is invalid (wrong magic)!"),
      {"RKT-4007: the .rknn file is damaged"});
}

TEST(Failure, FullDiskAtExport) {
  expect_parts(explain({"ValueError", "export", "OSError: [Errno 28] No space left on device"}),
               {"RKT-4008", "No space left on device"});
}

TEST(HiddenFailure, EveryOperatorOnce) {
  const auto error = find_hidden_failure(
      "No lowering found for: n0, node type = Asinh, use CustomOperatorLower instead.\n"
      "No lowering found for: n7, node type = Det, use CustomOperatorLower instead.\n"
      "No lowering found for: n0, node type = Asinh, use CustomOperatorLower instead.\n",
      context);
  ASSERT_TRUE(error);
  expect_parts(error->format(),
               {"RKT-4004: 2 operators of the graph cannot run on rk3588: Asinh (n0), Det (n7)"});
}

TEST(HiddenFailure, WorkerThread) {
  const auto error = find_hidden_failure(
      "Exception in thread Thread-3:\nTraceback (most recent call last):\n  File \"x\", line 1\n"
      "ValueError: mmse went wrong\n",
      context);
  ASSERT_TRUE(error);
  expect_parts(error->format(), {"RKT-4003: a worker of the toolkit failed", "mmse went wrong"});
}

TEST(HiddenFailure, OrdinaryLogsHaveNone) {
  EXPECT_FALSE(find_hidden_failure("", context));
  EXPECT_FALSE(find_hidden_failure("No lowering found for: trunc", context));
  EXPECT_FALSE(
      find_hidden_failure(read_file(RKT_SOURCE_DIR "/tests/toolkit/data/rk3566_minilm_128.log"), context));
}

}  // namespace
}  // namespace rkt
