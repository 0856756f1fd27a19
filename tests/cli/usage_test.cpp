#include "cli/run_program.h"

namespace rkt::cli::test {
namespace {

TEST(Usage, VersionAndHelp) {
  const Outcome version = run({"--version"});
  EXPECT_EQ(version.status, 0);
  EXPECT_EQ(version.out.find("rk-transformers-cli "), 0U);
  for (const char* flag : {"--help", "-h"}) {
    const Outcome help = run({flag});
    EXPECT_EQ(help.status, 0);
    EXPECT_EQ(help.err, "");
    EXPECT_NE(help.out.find("Exit status: 0 done, 1 failed, 2 wrong usage."), std::string::npos);
  }
}

TEST(Usage, EveryCommandHasHelpWithExamples) {
  const std::string program_help = run({"--help"}).out;
  for (const std::string command : {"export", "env", "inspect", "verify", "tokenize", "embed", "analyze"}) {
    EXPECT_NE(program_help.find("\n  " + command + " "), std::string::npos) << command;
    const Outcome help = run({command, "--help"});
    EXPECT_EQ(help.status, 0) << command;
    EXPECT_EQ(help.err, "") << command;
    EXPECT_NE(help.out.find("usage: rk-transformers-cli " + command), std::string::npos) << help.out;
    EXPECT_NE(help.out.find("Examples:\n  rk-transformers-cli " + command), std::string::npos) << help.out;
  }
}

TEST(Usage, NoCommand) {
  const Outcome outcome = run({});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err,
            "error: RKT-5001: no command\n"
            "  hint:  'rk-transformers-cli --help' lists the commands\n"
            "  usage: rk-transformers-cli COMMAND [FLAGS]\n");
}

TEST(Usage, UnknownCommand) {
  const Outcome outcome = run({"exprot"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "error: RKT-5001: unknown command 'exprot'\n"
            "  hint:  did you mean 'export'?\n"
            "  usage: rk-transformers-cli COMMAND [FLAGS]\n");
}

TEST(Usage, UnknownFlag) {
  const Outcome outcome = run({"export", "--model", "m", "--platfrom=rk3588"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err,
            "error: RKT-5001: unknown flag '--platfrom'\n"
            "  hint:  did you mean '--platform'?\n"
            "  usage: rk-transformers-cli export --model DIR [OUTPUT] [FLAGS]\n");
}

TEST(Usage, UnknownFlagLikeNoOther) {
  const Outcome outcome = run({"env", "--zzzzzzzz"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err,
            "error: RKT-5001: unknown flag '--zzzzzzzz'\n"
            "  hint:  'rk-transformers-cli env --help' lists the flags\n"
            "  usage: rk-transformers-cli env [FLAGS]\n");
}

TEST(Usage, UnexpectedArgument) {
  const Outcome outcome = run({"inspect", "a", "b"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err.find("error: RKT-5001: unexpected argument 'b'\n"), 0U) << outcome.err;
}

TEST(Usage, BadValuesNameTheFlagAndWhatItTakes) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
      {{"embed", "a", "--device", "nup"},
       "--device takes auto, npu, cpu; found 'nup'\n  hint:  did you mean 'npu'"},
      {{"embed", "a", "--threads", "two"}, "--threads takes a whole number, 0 or more; found 'two'\n"},
      {{"embed", "a", "--threads", "-1"}, "--threads takes a whole number, 0 or more; found '-1'\n"},
      {{"embed", "a", "--threads="}, "--threads takes a whole number, 0 or more; found ''\n"},
      {{"verify", "d", "--min-cosine", "1.5"}, "--min-cosine takes a number, -1 to 1; found '1.5'\n"},
      {{"verify", "d", "--min-cosine", "nan"}, "--min-cosine takes a number, -1 to 1; found 'nan'\n"},
      {{"embed", "--model"}, "'--model' needs a value\n"},
      {{"embed", "a"}, "no model\n  hint:  give one with --model DIR\n"},
      {{"verify"}, "no model\n  hint:  give one with --model DIR\n"},
      {{"inspect"}, "no file or directory\n"},
      {{"embed", "--model", "m"}, "no texts\n  hint:  give them as arguments or with --input FILE\n"},
      {{"embed", "--model", "m", "a", "--input", "b"}, "texts both as arguments and with --input\n"},
      {{"embed", "--model", "m", "a", "--format", "npy"},
       "npy goes to a file: its header is completed at the end\n"},
      {{"tokenize", "--model", "m", "a", "--stride", "1"}, "--stride without a length\n"},
      {{"tokenize", "--model", "m", "a", "--truncation", "only_first"}, "--truncation without a length\n"},
  };
  for (const auto& [arguments, message] : cases) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 2) << message;
    EXPECT_EQ(outcome.out, "") << message;
    EXPECT_EQ(outcome.err.find("error: RKT-5001: " + message), 0U) << outcome.err;
    EXPECT_NE(outcome.err.find("\n  usage: rk-transformers-cli " + arguments[0]), std::string::npos)
        << outcome.err;
  }
}

TEST(Usage, MissingDirectoryHasNearMatches) {
  const std::string model = RKT_MODEL_DIR, typo = model + "x";
  const std::vector<std::vector<std::string>> commands{{"embed", "--model", typo, "a"},
                                                       {"tokenize", "--model", typo, "a"},
                                                       {"analyze", "--model", typo, "a"},
                                                       {"inspect", typo},
                                                       {"verify", typo},
                                                       {"verify", "--model", typo}};
  for (const auto& arguments : commands) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 1) << arguments[0];
    EXPECT_EQ(outcome.err, "error: RKT-1001: no such file or directory: '" + typo +
                               "'\n  hint:  did you mean 'all-MiniLM-L6-v2'?\n")
        << arguments[0];
  }
}

TEST(Usage, MissingNpuIsAFailureNotAFallback) {
  const Outcome outcome = run({"embed", "--model", RKT_MODEL_DIR, "--device", "npu", "a"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err.find("error: RKT-3001: "), 0U) << outcome.err;
}

}  // namespace
}  // namespace rkt::cli::test
