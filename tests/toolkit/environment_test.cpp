// Creation step by step with a shell script in Python's place: no network, and every fault on demand.
// The real creation: toolkit_session_test.cpp.
#include "export/toolkit/environment.h"

#include <atomic>
#include <fmt/format.h>
#include <fstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "toolkit/support.h"

namespace rkt {
namespace {

namespace fs = std::filesystem;
using testing::error_of;
using testing::expect_parts;
using testing::Variable;
using testing::write_program;

class Environment : public ::testing::Test {
 protected:
  Environment() { write_python("echo pip >> \"$calls\"", "2.3.2"); }

  fs::path path(const char* name) const { return scratch_.path() / name; }

  /// A "Python" that answers the probe, copies itself as its virtual environment, runs `pip` and says hello.
  void write_python(const std::string& pip, const std::string& toolkit) {
    write_program(path("python"), fmt::format(R"(#!/bin/sh
calls='{}'
case "$2" in
  -c) echo 3.11 >&3 ;;
  -m) case "$3" in
        venv) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
        pip) {} ;;
      esac ;;
  *) read request
     echo '{{"event":"result","id":1,"toolkit":"{}","python":"3.11.2","numpy":"1","onnx":"1","onnxruntime":"1","torch":""}}' >&3 ;;
esac
)",
                                              path("calls").string(), pip, toolkit));
  }

  int pip_calls() const {
    std::ifstream stream(path("calls"));
    int lines = 0;
    for (std::string line; std::getline(stream, line);) ++lines;
    return lines;
  }

  TemporaryDirectory scratch_;
  Variable given_{"RKT_TOOLKIT_PYTHON", std::nullopt};
  Variable location_{"RKT_TOOLKIT_ENV", path("env").string()};
  Variable python_{"RKT_PYTHON", path("python").string()};
};

TEST_F(Environment, DefaultLocation) {
  const Variable none("RKT_TOOLKIT_ENV", std::nullopt);
  const Variable home("HOME", "/home/someone");
  const Variable xdg("XDG_CACHE_HOME", std::nullopt);
  EXPECT_EQ(toolkit_location().parent_path(), "/home/someone/.cache/rk-transformers");
  EXPECT_TRUE(toolkit_location().filename().string().starts_with("toolkit-2.3.2-"));
  {
    const Variable chosen("XDG_CACHE_HOME", "/cache");
    EXPECT_EQ(toolkit_location().parent_path(), "/cache/rk-transformers");
  }
  {
    const Variable relative("XDG_CACHE_HOME", "cache");
    EXPECT_EQ(toolkit_location().parent_path(), "/home/someone/.cache/rk-transformers");
  }
  const Variable homeless("HOME", std::nullopt);
  expect_parts(error_of([] { toolkit_location(); }), {"RKT-4001", "HOME and XDG_CACHE_HOME are unset"});
  EXPECT_FALSE(installed_toolkit());
}

TEST_F(Environment, CreatedOnceAndThenFound) {
  EXPECT_FALSE(installed_toolkit());
  std::vector<std::string> stages;
  const auto environment = ensure_toolkit({.progress = [&](std::string_view stage, std::optional<double>) {
    if (stages.empty() || stages.back() != stage) stages.emplace_back(stage);
  }});
  EXPECT_EQ(environment.python, path("env") / "bin/python");
  EXPECT_EQ(environment.versions.toolkit, "2.3.2");
  EXPECT_EQ(stages, (std::vector<std::string>{"looking for a Python", "creating a Python environment",
                                              "downloading rknn-toolkit2", "checking rknn-toolkit2"}));
  ASSERT_TRUE(installed_toolkit());
  EXPECT_EQ(installed_toolkit()->python, "3.11.2");
  ensure_toolkit();
  EXPECT_EQ(pip_calls(), 1);
}

TEST_F(Environment, InterruptedCreationIsDoneAgain) {
  ensure_toolkit();
  fs::remove(path("env") / "complete.json");
  write_file(path("env") / "left-over", "");
  EXPECT_FALSE(installed_toolkit());
  ensure_toolkit();
  EXPECT_EQ(pip_calls(), 2);
  EXPECT_FALSE(fs::exists(path("env") / "left-over"));
  write_file(path("env") / "complete.json", "{\"pins\": 5");
  EXPECT_FALSE(installed_toolkit());
  ensure_toolkit();
  EXPECT_EQ(pip_calls(), 3);
}

TEST_F(Environment, ConcurrentCreatorsWait) {
  write_python("sleep 0.5; echo pip >> \"$calls\"", "2.3.2");
  std::vector<pid_t> children;
  for (int i = 0; i < 3; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      try {
        ensure_toolkit();
        _exit(0);
      } catch (...) {
        _exit(1);
      }
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = -1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(pip_calls(), 1);
}

TEST_F(Environment, FailureOfPipNamesItsErrorAndLog) {
  write_python(
      "echo 'Collecting numpy'; echo 'ERROR: no matching distribution'; echo; echo '[notice] x'; exit 1",
      "2.3.2");
  expect_parts(error_of([] { ensure_toolkit(); }),
               {"RKT-4001", "downloading rknn-toolkit2 exited with code 1: ERROR: no matching distribution",
                "pip's log is '", "env.log'"});
  EXPECT_FALSE(installed_toolkit());
}

TEST_F(Environment, AnotherToolkitVersionIsRefused) {
  write_python("true", "2.5.0");
  expect_parts(error_of([] { ensure_toolkit(); }),
               {"RKT-4002", "rknn-toolkit2 2.5.0; this program needs 2.3.2"});
  EXPECT_FALSE(installed_toolkit());
}

TEST_F(Environment, GivenPythonIsUsedAsItIs) {
  const Variable given("RKT_TOOLKIT_PYTHON", path("python").string());
  EXPECT_EQ(ensure_toolkit().isolation, PythonIsolation::inherited);
  EXPECT_FALSE(fs::exists(path("env")));
}

TEST_F(Environment, GivenPythonThatIsNone) {
  const Variable given("RKT_TOOLKIT_PYTHON", "/nonexistent/python");
  expect_parts(error_of([] { ensure_toolkit(); }), {"RKT-4001", "/nonexistent/python"});
  EXPECT_FALSE(installed_toolkit());
}

TEST_F(Environment, GivenPythonWithoutTheToolkit) {
  const Variable given("RKT_TOOLKIT_PYTHON", RKT_PYTHON);
  expect_parts(error_of([] { ensure_toolkit(); }),
               {"RKT-4003", "cannot be imported", "No module named 'rknn'"});
}

TEST_F(Environment, Cancellation) {
  write_python("sleep 60", "2.3.2");
  std::atomic<bool> cancel{false};
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    cancel = true;
  });
  const auto start = std::chrono::steady_clock::now();
  expect_parts(error_of([&] { ensure_toolkit({.progress = {}, .cancel = &cancel}); }), {"RKT-4011"});
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
  other.join();
}

TEST_F(Environment, ForeignDirectoryIsNotRemoved) {
  fs::create_directory(path("env"));
  write_file(path("env") / "thesis.txt", "years of work");
  expect_parts(error_of([] { ensure_toolkit(); }), {"RKT-4001", "something else is there"});
  EXPECT_EQ(read_file(path("env") / "thesis.txt"), "years of work");
}

TEST_F(Environment, UnwritableLocation) {
  write_file(path("file"), "");
  const Variable location("RKT_TOOLKIT_ENV", (path("file") / "below" / "env").string());
  expect_parts(error_of([] { ensure_toolkit(); }), {"RKT-4001", "cannot be created", "RKT_TOOLKIT_ENV"});
}

TEST_F(Environment, NoPythonInPath) {
  const Variable none("RKT_PYTHON", std::nullopt);
  const Variable empty("PATH", path("nothing").string());
  expect_parts(error_of([] { ensure_toolkit(); }),
               {"RKT-4001: the toolkit needs a Python 3.10 to 3.12 with venv; found none",
                "apt install python3 python3-venv"});
}

TEST_F(Environment, CommandsThatOnlyPrintAnErrorArePassedOver) {
  const Variable none("RKT_PYTHON", std::nullopt);
  fs::create_directories(path("shims"));
  fs::create_directories(path("real"));
  write_program(path("shims") / "python3.12", "#!/bin/sh\necho 'command not found' >&2\nexit 127\n");
  write_program(path("shims") / "python3", "#!/bin/sh\necho 3.9 >&3\n");
  {
    const Variable shims("PATH", path("shims").string());
    expect_parts(error_of([] { ensure_toolkit(); }),
                 {"RKT-4001", "python3.12 (does not run or has no venv)", "python3 (Python 3.9)"});
  }
  fs::copy(path("python"), path("real") / "python3.12");
  fs::create_symlink("/bin/sh", path("real") / "sh");
  for (const char* tool : {"mkdir", "cp"}) fs::create_symlink(fs::path("/bin") / tool, path("real") / tool);
  const Variable both("PATH", path("shims").string() + ":" + path("real").string());
  EXPECT_EQ(ensure_toolkit().versions.toolkit, "2.3.2");
}

TEST_F(Environment, ChosenPythonIsNotReplacedByAnother) {
  const Variable chosen("RKT_PYTHON", "/nonexistent/python");
  expect_parts(error_of([] { ensure_toolkit(); }), {"RKT-4001: RKT_PYTHON is '/nonexistent/python'"});
}

}  // namespace
}  // namespace rkt
