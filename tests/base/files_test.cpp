#include "base/files.h"

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
  EXPECT_RKT_ERROR("RKT-1002", "not a regular file", MappedFile(directory.path()));
  EXPECT_RKT_ERROR("RKT-1001", "large", MappedFile(directory / "lagre"));
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
}

}  // namespace
}  // namespace rkt
