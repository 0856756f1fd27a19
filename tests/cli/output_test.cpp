#include "cli/run_program.h"

namespace rkt::cli::test {
namespace {

const std::string model = RKT_MODEL_DIR;

TEST(Output, FilesAreReplacedWhole) {
  const TemporaryDirectory scratch;
  const std::string output =
      scratch.write("ids.jsonl", "something longer than what comes now: " + repeated("x", 500));
  EXPECT_EQ(run({"tokenize", "-m", model, "a", "--output", output}).status, 0);
  EXPECT_EQ(content_of(output), run({"tokenize", "-m", model, "a"}).out);
  EXPECT_EQ(scratch.names(), std::vector<std::string>{"ids.jsonl"});
}

TEST(Output, LinksKeepPointing) {
  const TemporaryDirectory scratch;
  scratch.write("target", "");
  fs::create_symlink("target", scratch.file("link"));
  EXPECT_EQ(run({"tokenize", "-m", model, "a", "--output", scratch.file("link")}).status, 0);
  EXPECT_TRUE(fs::is_symlink(scratch.file("link")));
  EXPECT_NE(content_of(scratch.file("target")), "");
}

TEST(Output, DevicesAreWrittenNotReplaced) {
  EXPECT_EQ(run({"embed", "-m", model, "a", "--output", "/dev/null", "--quiet"}).status, 0);
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST(Output, UnwritableIsToldWithItsReason) {
  const TemporaryDirectory scratch;
  const std::string hint =
      "\n  hint:  choose another --output, or mend the permissions or the free space of this one\n";
  const std::string none = scratch.file("none/v.npy"), directory = scratch.file("");
  const std::vector<std::pair<std::string, std::string>> cases{{none, "No such file or directory"},
                                                               {directory, "Is a directory"}};
  for (const std::string command : {"embed", "tokenize", "analyze"})
    for (const auto& [output, reason] : cases) {
      const Outcome outcome = run({command, "-m", model, "a", "--output", output});
      EXPECT_EQ(outcome.status, 1);
      EXPECT_EQ(outcome.err, "error: RKT-4008: cannot write '" + output + "': " + reason + hint) << command;
    }
}

TEST(Output, FullDeviceIsAFailure) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full";
  const Outcome outcome = Program({"tokenize", "-m", model, "a"}, {}, "/dev/full").wait();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err, "error: RKT-4008: cannot write standard output: No space left on device\n");
}

TEST(Output, BrokenPipeEndsQuietly) {
  const TemporaryDirectory scratch;
  const std::string fifo = scratch.file("fifo");
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  const int reader = ::open(fifo.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(reader, 0);
  const std::string input = scratch.write("texts.txt", repeated("a text\n", 100'000));
  std::array<char, 64> some{};
  const pid_t closer = ::fork();  // reads a little, then goes away while the program still writes
  ASSERT_GE(closer, 0);
  if (closer == 0) {
    while (::read(reader, some.data(), some.size()) <= 0) ::usleep(1000);
    ::_exit(0);
  }
  ::close(reader);
  const Outcome outcome = Program({"tokenize", "-m", model, "--input", input}, {}, fifo).wait();
  ::waitpid(closer, nullptr, 0);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err, "");
}

TEST(Output, InterruptLeavesNothingHalfWritten) {
  const TemporaryDirectory scratch;
  const std::string fifo = scratch.file("fifo");
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  const int writer =
      ::open(fifo.c_str(), O_RDWR);  // stays open: the program waits for a text that never comes
  ASSERT_GE(writer, 0);
  for (const std::string command : {"tokenize", "embed"}) {
    Program program({command, "-m", model, "--quiet", "--input", "-", "--output", scratch.file("result")},
                    fifo);
    while (scratch.names().size() < 2) ::usleep(1000);  // it has begun its output
    ::usleep(300'000);                                  // and most likely waits
    program.signal(SIGINT);
    const Outcome outcome = program.wait();
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.err.find("error: RKT-4011: cancelled by a signal\n"), 0U) << outcome.err;
    EXPECT_EQ(scratch.names(), std::vector<std::string>{"fifo"});
  }
  ::close(writer);
}

}  // namespace
}  // namespace rkt::cli::test
