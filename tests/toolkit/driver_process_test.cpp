// Faults of the conversation, made by drivers that break its rules. The real driver:
// toolkit_session_test.cpp.
#include "export/toolkit/driver_process.h"

#include <fmt/format.h>
#include <thread>

#include "toolkit/support.h"

namespace rkt {
namespace {

using namespace std::chrono_literals;
using testing::error_of;
using testing::expect_parts;

class FakeDriver : public ::testing::Test {
 protected:
  /// A driver whose `body` sees each request as `request` and answers with say({...}).
  DriverProcess start(const std::string& body, ToolkitOptions options = {}) {
    std::string indented;
    for (const char c : "\n" + body) indented += c == '\n' ? std::string("\n    ") : std::string(1, c);
    const std::string source =
        "import json, os, sys, time\n"
        "def write(text): os.write(3, text.encode())\n"
        "def say(event): write(json.dumps(event) + '\\n')\n"
        "for line in sys.stdin:\n    request = json.loads(line)" +
        indented + "\n";
    return {RKT_PYTHON, PythonIsolation::isolated, log(), std::move(options), source};
  }
  std::filesystem::path log() const { return scratch_.path() / "toolkit.log"; }
  TemporaryDirectory scratch_;
};

TEST_F(FakeDriver, ProgressThenResult) {
  std::vector<std::pair<std::string, std::optional<double>>> seen;
  auto driver = start(
      "print('printed', flush=True)\n"
      "say({'event': 'progress', 'id': request['id'], 'stage': 'build', 'fraction': None})\n"
      "say({'event': 'progress', 'id': request['id'], 'stage': 'build', 'fraction': 0.5})\n"
      "say({'event': 'result', 'id': request['id'], 'echo': request['x']})",
      {.progress = [&](std::string_view stage, std::optional<double> f) { seen.emplace_back(stage, f); }});
  const auto answer = driver.request("any", {{"x", "\xC3\xA9 \xFF"}}, 10s);
  EXPECT_EQ(answer.result.at("echo"), "\xC3\xA9 \xEF\xBF\xBD");
  EXPECT_FALSE(answer.error);
  EXPECT_EQ(answer.log, "printed\n");
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].second, std::nullopt);
  EXPECT_EQ(seen[1].second, 0.5);
}

TEST_F(FakeDriver, LogOfOneRequestOnly) {
  auto driver = start("print(request['id'], flush=True)\nsay({'event': 'result', 'id': request['id']})");
  EXPECT_EQ(driver.request("a", Json::object(), 10s).log, "1\n");
  EXPECT_EQ(driver.request("a", Json::object(), 10s).log, "2\n");
}

TEST_F(FakeDriver, GarbageIsRefused) {
  for (const char* garbage :
       {"not json", "[1]", "{}", "{\\\"event\\\": 5, \\\"id\\\": 1}",
        "{\\\"event\\\": \\\"result\\\", \\\"id\\\": 9}", "{\\\"event\\\": \\\"result\\\"}",
        "{\\\"event\\\": \\\"dance\\\", \\\"id\\\": 1}", "\\xff\\x00"}) {
    SCOPED_TRACE(garbage);
    auto driver = start(fmt::format("write(\"{}\\n\")", garbage));
    expect_parts(error_of([&] { driver.request("any", Json::object(), 10s); }), {"RKT-4003"});
  }
}

TEST_F(FakeDriver, UnknownAnswerIsQuoted) {
  auto driver = start("write('Segmentation fault\\n')");
  expect_parts(error_of([&] { driver.request("any", Json::object(), 10s); }),
               {"RKT-4003: the toolkit's driver sent something that is not an answer to request 1",
                "'Segmentation fault'", "hint:  the toolkit's log is '"});
  expect_parts(error_of([&] { driver.request("any", Json::object(), 10s); }),
               {"RKT-4003", "begin a new session"});
}

TEST_F(FakeDriver, DeathShowsTheLastLines) {
  auto driver = start("print('one\\ntwo\\n\\nthree', flush=True)\nos._exit(7)");
  expect_parts(
      error_of([&] { driver.request("any", Json::object(), 10s); }),
      {"RKT-4003: the toolkit's process exited with code 7; the last it printed: one | two | three"});
}

TEST_F(FakeDriver, MemoryExhaustionSaysSo) {
  auto driver = start("os.kill(os.getpid(), 9)");
  expect_parts(
      error_of([&] { driver.request("any", Json::object(), 10s); }),
      {"RKT-4003", "SIGKILL", "as the kernel does when memory runs out", "a shorter sequence length"});
}

TEST_F(FakeDriver, CrashNamesTheSignal) {
  auto driver = start("os.kill(os.getpid(), 11)");
  expect_parts(error_of([&] { driver.request("any", Json::object(), 10s); }),
               {"RKT-4003", "signal 11 (Segmentation fault)"});
}

TEST_F(FakeDriver, ClosedPipeWithoutDeath) {
  auto driver = start("os.close(3)\ntime.sleep(60)");
  expect_parts(error_of([&] { driver.request("any", Json::object(), 30s); }),
               {"RKT-4003", "closed its end of the conversation"});
}

TEST_F(FakeDriver, SilenceIsAnError) {
  auto driver = start("time.sleep(60)");
  expect_parts(error_of([&] { driver.request("any", Json::object(), 1s); }), {"RKT-4003", "silent for 1 s"});
}

TEST_F(FakeDriver, Cancellation) {
  std::atomic<bool> cancel{false};
  auto driver = start("time.sleep(60)", {.progress = {}, .cancel = &cancel});
  std::thread other([&] {
    std::this_thread::sleep_for(200ms);
    cancel = true;
  });
  const auto begin = std::chrono::steady_clock::now();
  expect_parts(error_of([&] { driver.request("build", Json::object()); }), {"RKT-4011"});
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
  other.join();
}

TEST_F(FakeDriver, ToolkitThatCannotBeImported) {
  auto driver = start(
      "say({'event': 'error', 'id': request['id'], 'kind': 'ImportError', 'stage': 'import', 'message': "
      "'libGL'})");
  expect_parts(error_of([&] { driver.hello(); }),
               {"RKT-4003: the toolkit cannot be imported: ImportError: libGL", "toolkit.log"});
}

TEST_F(FakeDriver, WrongVersionIsRefused) {
  ToolkitVersions versions;
  versions.toolkit = "2.5.0";
  expect_parts(error_of([&] { require_version(versions, "/usr/bin/python3"); }),
               {"RKT-4002: '/usr/bin/python3' has rknn-toolkit2 2.5.0; this program needs 2.3.2",
                "RKT_TOOLKIT_PYTHON"});
}

}  // namespace
}  // namespace rkt
