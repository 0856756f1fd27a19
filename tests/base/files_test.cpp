#include "base/files.h"

#include <openssl/evp.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "base/support.h"

namespace rkt {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

TEST(Files, MissingOnesComeWithNearMatches) {
  const test::TemporaryDirectory directory;
  directory.write("modle.safetensors", "");
  EXPECT_RKT_ERROR("RKT-1001", "did you mean 'modle.safetensors'?",
                   read_file(directory / "model.safetensors"));
  EXPECT_RKT_ERROR("RKT-1001", "no such file or directory", require_exists(directory / "unlike.anything"));
  EXPECT_RKT_ERROR("RKT-1001", "does not exist either", require_exists(directory / "none/config.json"));
  EXPECT_RKT_ERROR("RKT-1001", "no such file", require_exists(""));
  require_exists(directory.path());
}

TEST(Files, UnreadableOnesSayWhy) {
  const test::TemporaryDirectory directory;
  directory.write("large", "12345");
  EXPECT_RKT_ERROR("RKT-1002", "it is a directory", read_file(directory.path()));
  EXPECT_RKT_ERROR("RKT-1002", "5 bytes, at most 4 are expected", read_file(directory / "large", 4));
  EXPECT_EQ(read_file(directory / "large", 5), "12345");
  EXPECT_RKT_ERROR("RKT-1002", "it is a directory", MappedFile(directory.path()));
  EXPECT_RKT_ERROR("RKT-1001", "large", MappedFile(directory / "lagre"));
}

TEST(Files, WhatIsNoFileIsNotWaitedFor) {
  const test::TemporaryDirectory directory;
  ASSERT_EQ(mkfifo((directory / "pipe").c_str(), 0600), 0);
  for (const fs::path& path : {directory / "pipe", fs::path("/dev/zero")}) {
    EXPECT_RKT_ERROR("RKT-1002", "it is not a regular file", read_file(path, 100));
    EXPECT_RKT_ERROR("RKT-1002", "it is not a regular file", MappedFile(path));
    EXPECT_RKT_ERROR("RKT-1002", "it is not a regular file", sha256_file(path));
  }
}

TEST(Files, ReadErrorsAndGrowthAreErrors) {
  EXPECT_RKT_ERROR("RKT-1002", "Input/output error", read_file("/proc/self/mem"));
  EXPECT_RKT_ERROR("RKT-1002", "more than the 10 bytes", read_file("/proc/self/status", 10));
  EXPECT_GT(read_file("/proc/self/status").size(), 10U) << "a file that says it has no bytes";
}

TEST(Files, WhatCannotBeToldIsNotAbsent) {
  const test::TemporaryDirectory directory;
  fs::create_symlink("nowhere", directory / "dangling");
  fs::create_symlink("loop", directory / "loop");
  directory.write("file", "");
  EXPECT_RKT_ERROR("RKT-1002", "it is a link to 'nowhere', which is not there",
                   require_exists(directory / "dangling"));
  EXPECT_RKT_ERROR("RKT-1002", "it is a link to 'nowhere'", read_file(directory / "dangling"));
  EXPECT_RKT_ERROR("RKT-1002", "Too many levels of symbolic links", require_exists(directory / "loop"));
  EXPECT_RKT_ERROR("RKT-1002", "File name too long", require_exists(directory / std::string(300, 'x')));
  EXPECT_RKT_ERROR("RKT-1001", "file' is not a directory", require_exists(directory / "file/x"));
  EXPECT_TRUE(is_absent(directory / "none"));
  EXPECT_TRUE(is_absent(directory / "file/x"));
  EXPECT_FALSE(is_absent(directory / "dangling"));
  EXPECT_FALSE(is_absent(directory / "loop/x"));
  EXPECT_TRUE(names_in(directory / "none").empty());
  EXPECT_EQ(names_in(directory.path()).size(), 3U);
}

TEST(Files, MissingPermissionIsNotAbsence) {
  if (geteuid() == 0) GTEST_SKIP() << "root may go everywhere";
  const test::TemporaryDirectory directory;
  directory.write("closed/file", "");
  fs::permissions(directory / "closed", fs::perms::none);
  EXPECT_RKT_ERROR("RKT-1002", "Permission denied", require_exists(directory / "closed/file"));
  EXPECT_RKT_ERROR("RKT-1002", "Permission denied", read_file(directory / "closed/none"));
  fs::permissions(directory / "closed", fs::perms::owner_all);
}

TEST(Files, WritingHonoursTheUmask) {
  const test::TemporaryDirectory directory;
  const auto permissions = [&](mode_t mask) {
    const mode_t before = umask(mask);
    write_file(directory / "a", "a");
    umask(before);
    return fs::status(directory / "a").permissions();
  };
  EXPECT_EQ(permissions(0022), fs::perms{0644});
  EXPECT_EQ(permissions(0077), fs::perms{0600});
}

TEST(Files, ThreadsMayWriteTheSameFile) {
  const test::TemporaryDirectory directory;
  std::vector<std::thread> threads;
  for (const char letter : {'a', 'b', 'c', 'd'})
    threads.emplace_back([&directory, letter] {
      for (int i = 0; i < 20; ++i) write_file(directory / "same", std::string(100'000, letter));
    });
  for (std::thread& thread : threads) thread.join();
  const std::string content = read_file(directory / "same");
  EXPECT_EQ(content, std::string(100'000, content.at(0)));
  EXPECT_EQ(directory.names(), Names{"same"});
}

TEST(Files, WritingReplacesInOneStep) {
  const test::TemporaryDirectory directory;
  write_file(directory / "a", "first");
  write_file(directory / "a", std::string("zero \0 inside", 13));
  EXPECT_EQ(read_file(directory / "a"), std::string("zero \0 inside", 13));
  EXPECT_EQ(directory.names(), Names{"a"});
}

TEST(Files, WritingThatFailsLeavesNothing) {
  const test::TemporaryDirectory directory;
  directory.write("in_the_way/file", "kept");
  EXPECT_RKT_ERROR("RKT-4008", "in_the_way", write_file(directory / "in_the_way", "new"));
  EXPECT_RKT_ERROR("RKT-4008", "none/a", write_file(directory / "none/a", "new"));
  EXPECT_EQ(directory.names(), (Names{"in_the_way", "in_the_way/file"}));
  EXPECT_EQ(read_file(directory / "in_the_way/file"), "kept");
}

TEST(Files, MappedBytesMoveWithTheirOwner) {
  const test::TemporaryDirectory directory;
  MappedFile a(directory.write("a", "abc"));
  MappedFile empty(directory.write("empty", ""));
  EXPECT_EQ(a.bytes().size(), 3U);
  EXPECT_TRUE(empty.bytes().empty());
  const std::byte* before = a.bytes().data();
  MappedFile moved(std::move(a));
  EXPECT_EQ(moved.bytes().data(), before);
  empty = std::move(moved);
  EXPECT_EQ(empty.bytes()[2], std::byte{'c'});
}

// FIPS 180-4's examples.
TEST(Files, Sha256) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  const test::TemporaryDirectory directory;
  EXPECT_EQ(sha256_file(directory.write("abc", "abc")), sha256("abc"));
  EXPECT_EQ(sha256_file(directory.write("empty", "")), sha256(""));
  const std::string blocks(200'000, 'x');
  EXPECT_EQ(sha256_file(directory.write("blocks", blocks)), sha256(blocks));
}

// As with a configuration that allows what it does not have.
TEST(Files, NoSha256IsAnError) {
  const test::TemporaryDirectory directory;
  directory.write("a", "a");
  ASSERT_EQ(EVP_set_default_properties(nullptr, "provider=none"), 1);
  EXPECT_RKT_ERROR("RKT-1002", "OpenSSL cannot compute SHA-256", sha256("a"));
  EXPECT_RKT_ERROR("RKT-1002", "OpenSSL cannot compute SHA-256", sha256_file(directory / "a"));
  ASSERT_EQ(EVP_set_default_properties(nullptr, ""), 1);
  EXPECT_EQ(sha256("a"), sha256_file(directory / "a"));
}

}  // namespace
}  // namespace rkt
