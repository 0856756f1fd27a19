// The Python tool's spellings. What export itself does is tested with the library.
#include "cli/run_program.h"

namespace rkt::cli::test {
namespace {

struct Refused {
  std::vector<std::string> flags;
  std::string shown;
};

TEST(ExportFlags, WhatThisVersionLacksIsRefusedByName) {
  const std::vector<Refused> cases{
      {{"-q"}, "-q/--quantize"},
      {{"--quantize"}, "-q/--quantize"},
      {{"-dt", "w8a8"}, "-dt/--dtype"},
      {{"--dtype=w8a8"}, "-dt/--dtype"},
      {{"-a", "normal"}, "-a/--algorithm"},
      {{"-qm", "channel"}, "-qm/--quantized-method"},
      {{"--auto-hybrid-cos-thresh", "0.98"}, "--auto-hybrid-cos-thresh"},
      {{"--auto-hybrid-euc-thresh", "1"}, "--auto-hybrid-euc-thresh"},
      {{"-d", "data"}, "-d/--dataset"},
      {{"-dsb", "en"}, "-dsb/--dataset-subset"},
      {{"-dsz", "128"}, "-dsz/--dataset-size"},
      {{"-dsz=128"}, "-dsz/--dataset-size"},
      {{"-dsp", "train"}, "-dsp/--dataset-split"},
      {{"-dc", "text"}, "-dc/--dataset-columns"},
      {{"-fa"}, "-fa/--flash-attention"},
      {{"--compress-weight"}, "--compress-weight"},
      {{"--single-core-mode"}, "--single-core-mode"},
      {{"--enable-custom-kernels"}, "--enable-custom-kernels"},
      {{"--task-kwargs", "num_choices=4"}, "--task-kwargs"},
      {{"--model-inputs", "input_ids"}, "--model-inputs"},
      {{"--push-to-hub"}, "--push-to-hub"},
      {{"--model-id", "a/b"}, "--model-id"},
      {{"--token", "secret"}, "--token"},
      {{"--private-repo"}, "--private-repo"},
      {{"--create-pr"}, "--create-pr"},
      {{"--opset", "14"}, "--opset 14"},
      {{"--task", "fill-mask"}, "--task fill-mask"},
      {{"-bs", "4"}, "--batch-size 4"},
  };
  for (const Refused& refused : cases) {
    std::vector<std::string> arguments{"export", "-m", RKT_MODEL_DIR};
    arguments.insert(arguments.end(), refused.flags.begin(), refused.flags.end());
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 1) << refused.shown;
    EXPECT_EQ(outcome.err.find("error: RKT-4006: " + refused.shown + " is not in this version\n"), 0U)
        << outcome.err;
    EXPECT_EQ(outcome.err.find("secret"), std::string::npos);
  }
}

TEST(ExportFlags, LargerBatchSaysWhatToDoInstead) {
  EXPECT_EQ(run({"export", "-m", RKT_MODEL_DIR, "-bs", "4"}).err,
            "error: RKT-4006: --batch-size 4 is not in this version\n"
            "  where: export\n"
            "  hint:  a compiled shape has one row; texts share it with --row-sharing allowed\n");
}

/// The platform is checked by the library, so reaching it proves that all flags before were accepted.
TEST(ExportFlags, ThePythonToolsSpellingsReachTheLibrary) {
  const TemporaryDirectory scratch;
  const Outcome outcome =
      run({"export", "-m", RKT_MODEL_DIR, scratch.file("out"), "-bs", "1", "-msl=128", "-o", "3", "--opset",
           "19", "--task", "feature-extraction", "--platform", "rk3858"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("error: RKT-4005: no such platform: 'rk3858'"), std::string::npos)
      << outcome.err;
  EXPECT_NE(outcome.err.find("did you mean 'rk3588'"), std::string::npos) << outcome.err;
  EXPECT_TRUE(scratch.names().empty());
}

TEST(ExportFlags, LengthReachesTheLibrary) {
  const TemporaryDirectory scratch;
  const Outcome outcome = run({"export", "-m", RKT_MODEL_DIR, scratch.file("out"), "-msl", "5000"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("error: RKT-4009: "), std::string::npos) << outcome.err;
}

TEST(ExportFlags, OnnxFileAndRknnNameAreRefused) {
  EXPECT_EQ(
      run({"export", "-m", "model.onnx"})
          .err.find("error: RKT-4006: exporting an ONNX file is not in this version\n  where: model.onnx\n"),
      0U);
  EXPECT_EQ(run({"export", "-m", RKT_MODEL_DIR, "a.rknn"})
                .err.find("error: RKT-4006: naming the .rknn file is not in this version\n  where: a.rknn\n"),
            0U);
}

TEST(ExportFlags, UnwritableReportIsToldBeforeTheExport) {
  const TemporaryDirectory scratch;
  const Outcome outcome =
      run({"export", "-m", RKT_MODEL_DIR, scratch.file("out"), "--report", scratch.file("none/report.json")});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err.find("error: RKT-4008: cannot write '" + scratch.file("none/report.json") + "'"), 0U)
      << outcome.err;
  EXPECT_TRUE(scratch.names().empty());
}

}  // namespace
}  // namespace rkt::cli::test
