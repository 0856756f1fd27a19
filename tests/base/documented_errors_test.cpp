// docs/errors.md shows what the code says. Those of the model files and texts: tests/model and tests/text.
#include "base/documented.h"
#include "base/json.h"
#include "base/support.h"

namespace rkt {
namespace {

using test::documented_error;

TEST(DocumentedErrors, Files) {
  const test::TemporaryDirectory directory;
  const test::WorkingDirectory here(directory.path());
  directory.write("all-minilm/config.json/in_the_way", "");
  EXPECT_EQ(test::error_of([] { read_json("all-minilm/config.json"); }),
            documented_error(ErrorCode::file_unreadable));
  EXPECT_EQ(unwritable("out/config.json", "No space left on device").format(),
            documented_error(ErrorCode::output_unwritable));
}

TEST(DocumentedErrors, Json) {
  const std::string text = "{" + std::string(23, '\n') + "  ?}";
  EXPECT_EQ(test::error_of([&] { parse_json(text, "all-minilm/config.json"); }),
            documented_error(ErrorCode::json_invalid));
}

}  // namespace
}  // namespace rkt
