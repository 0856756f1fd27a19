#include <atomic>
#include <chrono>
#include <thread>

#include "base/files.h"
#include "base/staging_directory.h"
#include "base/support.h"

namespace rkt {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

TEST(StagingDirectory, LeavesNothingBehindWithoutCommit) {
  const test::TemporaryDirectory directory;
  {
    const StagingDirectory staging(directory / "out");
    write_file(staging.path() / "a", "a");
    EXPECT_EQ(directory.names().size(), 3U);  // out, what is hidden in it, and the file
  }
  EXPECT_EQ(directory.names(), Names{});
}

TEST(StagingDirectory, BecomesANewDestination) {
  const test::TemporaryDirectory directory;
  {
    StagingDirectory staging(directory / "deep/out");
    fs::create_directory(staging.path() / "sub");
    write_file(staging.path() / "sub/a", "a");
    staging.commit("config.json");
  }
  EXPECT_EQ(directory.names(), (Names{"deep", "deep/out", "deep/out/sub", "deep/out/sub/a"}));
}

TEST(StagingDirectory, MergesIntoAnExistingDestination) {
  const test::TemporaryDirectory directory;
  directory.write("out/kept", "kept");
  directory.write("out/sub/a", "old");
  directory.write("out/config.json", "old");
  {
    StagingDirectory staging(directory / "out/");  // a trailing slash means the same directory
    fs::create_directory(staging.path() / "sub");
    write_file(staging.path() / "sub/a", "new");
    write_file(staging.path() / "config.json", "new");
    EXPECT_EQ(read_file(directory / "out/sub/a"), "old") << "nothing shows before commit";
    staging.commit("config.json");
  }
  EXPECT_EQ(directory.names(), (Names{"out", "out/config.json", "out/kept", "out/sub", "out/sub/a"}));
  EXPECT_EQ(read_file(directory / "out/kept"), "kept");
  EXPECT_EQ(read_file(directory / "out/sub/a"), "new");
  EXPECT_EQ(read_file(directory / "out/config.json"), "new");
}

TEST(StagingDirectory, MovesTheLastFileLast) {
  const test::TemporaryDirectory directory;
  directory.write("out/config.json", "old");
  directory.write("out/z.rknn/in_the_way", "");  // so that moving z.rknn fails
  StagingDirectory staging(directory / "out");
  write_file(staging.path() / "config.json", "new");
  write_file(staging.path() / "z.rknn", "new");
  EXPECT_RKT_ERROR("RKT-4008", "z.rknn", staging.commit("config.json"));
  EXPECT_EQ(read_file(directory / "out/config.json"), "old") << "it would name files that are not there";
}

TEST(StagingDirectory, FailedCommitTakesEverythingBack) {
  const test::TemporaryDirectory directory;
  directory.write("out/a", "old");
  directory.write("out/config.json/in_the_way", "");
  {
    StagingDirectory staging(directory / "out");
    write_file(staging.path() / "a", "new");
    fs::create_directory(staging.path() / "sub");
    write_file(staging.path() / "sub/b", "new");
    write_file(staging.path() / "config.json", "new");
    EXPECT_RKT_ERROR("RKT-4008", "config.json", staging.commit("config.json"));
    EXPECT_EQ(read_file(directory / "out/a"), "old");
  }
  EXPECT_EQ(directory.names(), (Names{"out", "out/a", "out/config.json", "out/config.json/in_the_way"}));
}

TEST(StagingDirectory, RemovesTheParentsItCreated) {
  const test::TemporaryDirectory directory;
  { const StagingDirectory staging(directory / "deep/er/out/."); }
  EXPECT_EQ(directory.names(), Names{});
}

TEST(StagingDirectory, RefusesADanglingLink) {
  const test::TemporaryDirectory directory;
  fs::create_symlink("nowhere", directory / "link");
  EXPECT_RKT_ERROR("RKT-4008", "in the way", StagingDirectory(directory / "link"));
}

TEST(StagingDirectory, SecondWriterWaitsForTheFirst) {
  const test::TemporaryDirectory directory;
  std::atomic<bool> entered = false;
  std::thread second;
  {
    StagingDirectory first(directory / "out");
    second = std::thread([&] {
      const StagingDirectory staging(directory / "out");
      entered = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_FALSE(entered);
    write_file(first.path() / "a", "a");
    first.commit("a");
  }
  second.join();
  EXPECT_TRUE(entered);
}

TEST(StagingDirectory, RefusesAFileInTheWay) {
  const test::TemporaryDirectory directory;
  directory.write("file", "");
  EXPECT_RKT_ERROR("RKT-4008", "a file of that name is in the way", StagingDirectory(directory / "file"));
  EXPECT_RKT_ERROR("RKT-4008", "cannot write", StagingDirectory(directory / "file/out"));
  EXPECT_EQ(directory.names(), Names{"file"});
}

}  // namespace
}  // namespace rkt
