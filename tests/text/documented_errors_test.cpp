// docs/errors.md shows what the code says.
#include "base/documented.h"
#include "text/documents.h"

namespace rkt {
namespace {

using test::documented_error;
using test::error_of;

TEST(DocumentedErrors, Tokenizers) {
  EXPECT_EQ(error_of([] { Tokenizer::from_json("{}", "all-minilm/tokenizer.json"); }),
            documented_error(ErrorCode::tokenizer_invalid));
}

// The examples are of many texts, so that they begin with an index and 2001 names its own place.
TEST(DocumentedErrors, Texts) {
  const Tokenizer tokenizer = test::tokenizer_of(test::bert_document());
  try {
    tokenizer.encode("seventeen letters\xff");
    FAIL() << "nothing thrown";
  } catch (const Error& error) {
    const Error documented(error.code(), "text 3: " + error.message(), "texts.txt:4", error.hint());
    EXPECT_EQ(documented.format(), documented_error(ErrorCode::utf8_invalid));
  }
  try {
    tokenizer.encode("", {SpecialTokens::add, Truncation{128, TruncationStrategy::longest_first, 127}});
    FAIL() << "nothing thrown";
  } catch (const Error& error) {
    const Error documented(error.code(), "text 0: " + error.message(), error.where(), error.hint());
    EXPECT_EQ(documented.format(), documented_error(ErrorCode::truncation_impossible));
  }
}

}  // namespace
}  // namespace rkt
