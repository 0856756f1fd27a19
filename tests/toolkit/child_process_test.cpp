#include "export/toolkit/child_process.h"

#include <csignal>
#include <fcntl.h>
#include <fmt/format.h>
#include <thread>
#include <unistd.h>

#include "toolkit/support.h"

namespace rkt {
namespace {

using namespace std::chrono_literals;
using testing::error_of;
using testing::expect_parts;
using Receive = ChildProcess::Receive;

class Child : public ::testing::Test {
 protected:
  ChildOptions shell(const std::string& script) {
    ChildOptions options;
    options.command = {"sh", "-c", script};
    options.log = log();
    return options;
  }
  std::filesystem::path log() const { return scratch_.path() / "log"; }
  TemporaryDirectory scratch_;
};

TEST_F(Child, LinesGoInAndOutAndPrintsGoToTheLog) {
  ChildProcess child(shell("read a; echo printed; echo complained >&2; echo \"got $a\" >&3; echo more >&3"));
  EXPECT_TRUE(child.send("hello"));
  std::string line;
  ASSERT_EQ(child.receive(line, 5s, nullptr), Receive::line);
  EXPECT_EQ(line, "got hello");
  ASSERT_EQ(child.receive(line, 5s, nullptr), Receive::line);
  EXPECT_EQ(line, "more");
  EXPECT_EQ(child.receive(line, 5s, nullptr), Receive::ended);
  EXPECT_EQ(read_file(log()), "printed\ncomplained\n");
}

TEST_F(Child, EnvironmentAndDirectory) {
  const testing::Variable removed("RKT_TEST_REMOVED", "x");
  ChildOptions options = shell("echo \"$RKT_TEST_SET|$RKT_TEST_REMOVED|$(pwd)\" >&3");
  options.environment = {{"RKT_TEST_SET", "1"}, {"RKT_TEST_REMOVED", std::nullopt}};
  options.directory = std::filesystem::canonical(scratch_.path());
  ChildProcess child(options);
  std::string line;
  ASSERT_EQ(child.receive(line, 5s, nullptr), Receive::line);
  EXPECT_EQ(line, "1||" + options.directory.string());
}

TEST_F(Child, WritingToADeadChildIsNoSignal) {
  ChildProcess child(shell("exit 3"));
  const auto exit = child.wait_exit(5s);
  ASSERT_TRUE(exit);
  EXPECT_EQ(exit->describe(), "exited with code 3");
  EXPECT_FALSE(child.send(std::string(1 << 20, 'x')));
}

TEST_F(Child, DeathBySignalIsNamed) {
  ChildProcess child(shell("kill -KILL $$"));
  std::string line;
  EXPECT_EQ(child.receive(line, 5s, nullptr), Receive::ended);
  EXPECT_EQ(child.wait_exit(5s)->describe(),
            "was killed by signal 9 (SIGKILL), as the kernel does when memory runs out");
}

TEST_F(Child, GrandchildrenDieWithIt) {
  std::string line;
  {
    ChildProcess child(shell("sleep 60 & echo $! >&3; sleep 60"));
    ASSERT_EQ(child.receive(line, 5s, nullptr), Receive::line);
    EXPECT_EQ(kill(std::stoi(line), 0), 0);
  }
  const std::filesystem::path entry = "/proc/" + line + "/stat";
  // An orphan that nobody has reaped yet is still listed, as a zombie.
  const auto gone = [&] {
    std::error_code failure;
    return !std::filesystem::exists(entry, failure) || read_file(entry).find(") Z") != std::string::npos;
  };
  for (int i = 0; i < 100 && !gone(); ++i) std::this_thread::sleep_for(20ms);
  EXPECT_TRUE(gone());
}

TEST_F(Child, DeathIsSeenAlthoughAGrandchildHoldsThePipe) {
  ChildProcess child(shell("sleep 60 & exit 4"));
  std::string line;
  EXPECT_EQ(child.receive(line, 5s, nullptr), Receive::ended);
}

TEST_F(Child, TimeoutAndCancellation) {
  ChildProcess child(shell("sleep 60"));
  std::string line;
  EXPECT_EQ(child.receive(line, 50ms, nullptr), Receive::timeout);
  std::atomic<bool> cancel{false};
  std::thread other([&] {
    std::this_thread::sleep_for(50ms);
    cancel = true;
  });
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(child.receive(line, 0ms, &cancel), Receive::cancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);
  other.join();
}

TEST_F(Child, EndlessLineIsRefused) {
  ChildProcess child(shell("head -c 20000000 /dev/zero >&3; sleep 60"));
  std::string line;
  expect_parts(error_of([&] { child.receive(line, 30s, nullptr); }),
               {"RKT-4003", "more than 16777216 bytes"});
}

TEST_F(Child, ProgramThatDoesNotExist) {
  ChildOptions options = shell("");
  options.command = {"/nonexistent/program"};
  expect_parts(error_of([&] { const ChildProcess child(options); }),
               {"RKT-4001", "cannot start '/nonexistent/program': No such file"});
}

TEST_F(Child, LogThatCannotBeWritten) {
  ChildOptions options = shell("");
  options.log = "/nonexistent/log";
  expect_parts(error_of([&] { const ChildProcess child(options); }), {"RKT-4008", "/nonexistent/log"});
}

TEST_F(Child, NoDescriptorIsLeakedHereOrThere) {
  const auto open_count = [] {
    int count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
    return count;
  };
  const int before = open_count();
  for (int i = 0; i < 5; ++i) {
    // Neither end of the event pipe may reach the child under another number: it would never see it close.
    ChildProcess child(shell("ls -l /proc/self/fd | grep -cF \"$(readlink /proc/self/fd/3)\" >&3"));
    std::string line;
    ASSERT_EQ(child.receive(line, 5s, nullptr), Receive::line);
    EXPECT_EQ(line, "1");
  }
  EXPECT_EQ(open_count(), before);
}

}  // namespace
}  // namespace rkt
