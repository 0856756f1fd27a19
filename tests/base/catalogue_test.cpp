#include <algorithm>
#include <cctype>
#include <fmt/format.h>

#include "base/files.h"
#include "base/support.h"

namespace rkt {
namespace {

std::string catalogue_page() {
  return read_file(std::filesystem::path(RKT_SOURCE_DIR) / "docs/errors.md");
}

std::string heading(const ErrorInfo& info) {
  return fmt::format("\n## RKT-{:04} {}\n", static_cast<int>(info.code), info.name);
}

TEST(Catalogue, AscendsAndRepeatsNothing) {
  const auto catalogue = error_catalogue();
  ASSERT_FALSE(catalogue.empty());
  std::vector<std::string_view> names;
  for (size_t i = 0; i < catalogue.size(); ++i) {
    if (i > 0) {
      EXPECT_LT(catalogue[i - 1].code, catalogue[i].code);
    }
    names.push_back(catalogue[i].name);
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

TEST(Catalogue, MeaningsAreMessages) {
  for (const ErrorInfo& info : error_catalogue()) {
    EXPECT_FALSE(info.meaning.empty());
    EXPECT_TRUE(std::islower(static_cast<unsigned char>(info.meaning.front()))) << info.meaning;
    EXPECT_NE(info.meaning.back(), '.') << info.meaning;
  }
}

TEST(Catalogue, EveryCodeIsOnThePageInOrder) {
  const std::string page = catalogue_page();
  size_t position = 0;
  for (const ErrorInfo& info : error_catalogue()) {
    const size_t found = page.find(heading(info));
    ASSERT_NE(found, std::string::npos) << "docs/errors.md lacks" << heading(info);
    EXPECT_GE(found, position) << "out of order:" << heading(info);
    position = found;
    const size_t body = found + heading(info).size();
    const std::string entry = page.substr(body, page.find("\n## ", body) - body);
    EXPECT_TRUE(test::contains(entry, std::string(info.meaning))) << heading(info) << "lacks its meaning";
    EXPECT_TRUE(test::contains(entry, fmt::format("RKT-{}: ", static_cast<int>(info.code))))
        << heading(info) << "lacks an example";
    EXPECT_TRUE(test::contains(entry, "**Likely causes.**")) << heading(info);
    EXPECT_TRUE(test::contains(entry, "**What to do.**")) << heading(info);
  }
}

TEST(Catalogue, ThePageHasNoOtherCodes) {
  const std::string page = catalogue_page();
  size_t headings = 0;
  for (size_t at = page.find("\n## RKT-"); at != std::string::npos; at = page.find("\n## RKT-", at + 1))
    ++headings;
  EXPECT_EQ(headings, error_catalogue().size());
}

TEST(Error, Format) {
  const Error full(ErrorCode::tokenizer_invalid, "no model", "tokenizer.json", "fetch it again");
  EXPECT_STREQ(full.what(), "RKT-1008: no model");
  EXPECT_EQ(full.format(), "RKT-1008: no model\n  where: tokenizer.json\n  hint:  fetch it again");
  EXPECT_EQ(Error(ErrorCode::self_test_missing, "none here").format(), "RKT-1010: none here");
}

}  // namespace
}  // namespace rkt
