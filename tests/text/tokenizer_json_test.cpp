#include <array>
#include <gtest/gtest.h>
#include <string>

#include "text/documents.h"

namespace rkt {
namespace {

using test::bert_document;
using test::refusal_of;
using test::tokenizer_of;
using test::with;

struct Damage {
  const char* path;
  const char* value;  ///< JSON.
  const char* error;  ///< How the message starts.
};

void PrintTo(const Damage& damage, std::ostream* out) {
  *out << damage.path << " = " << damage.value;
}

class DamagedDocument : public testing::TestWithParam<Damage> {};

TEST_P(DamagedDocument, IsRefusedWithItsReason) {
  const Damage& damage = GetParam();
  const Json document = with(bert_document(), damage.path, parse_json(damage.value, "value"));
  const std::string error = refusal_of(document.dump());
  EXPECT_TRUE(error.starts_with(damage.error)) << error;
}

constexpr const char* token = R"({"content": "x", "single_word": false, "lstrip": false, "rstrip": false,
                                  "normalized": false, "special": true, "id": )";

const std::string token_16 = std::string("[") + token + "16}]", token_18 = std::string("[") + token + "18}]",
                  token_twice = std::string("[") + token + "16}, " + token + R"(16, "lstrip": true}])",
                  token_same = std::string("[") + token + "16}, " + token + "16}]",
                  token_huge = std::string("[") + token + "4294967296}]";

INSTANTIATE_TEST_SUITE_P(
    Model, DamagedDocument,
    testing::Values(
        Damage{"/model", "null", "RKT-1008: found null where an object is expected"},
        Damage{"/model", "[]", "RKT-1008: found array where an object is expected"},
        Damage{"/model/type", "\"WordPeice\"",
               "RKT-1009: model \"WordPeice\" is not known to this version; known: WordPiece\n"
               "  where: tokenizer.json: model\n  hint:  did you mean 'WordPiece'?"},
        Damage{"/model/type", "\"BPE\"", "RKT-1009: model \"BPE\" is not known"},
        Damage{"/model/type", "7", "RKT-1008: 'type' is number, a string is expected"},
        Damage{"/model/vocab", "{}", "RKT-1008: unk_token \"[UNK]\" is not in the vocabulary"},
        Damage{"/model/vocab", "[\"a\"]", "RKT-1008: found array where an object is expected"},
        Damage{"/model/vocab/x", "-1", "RKT-1008: token \"x\" has the id \"-1\", 0..16777215 is expected"},
        Damage{"/model/vocab/x", "2147483648", "RKT-1008: token \"x\" has the id \"2147483648\""},
        Damage{"/model/vocab/x", "16777216", "RKT-1008: token \"x\" has the id \"16777216\""},
        Damage{"/model/vocab/x", "1e300", "RKT-1008: token \"x\" has the id"},
        Damage{"/model/vocab/x", "\"7\"", "RKT-1008: token \"x\" has the id"},
        Damage{"/model/vocab/x", "null", "RKT-1008: token \"x\" has the id"},
        Damage{"/model/vocab/x", "5", "RKT-1008: token \"x\" has an id twice: 5"},
        Damage{"/model/unk_token", "\"<unk>\"", "RKT-1008: unk_token \"<unk>\" is not in the vocabulary"},
        Damage{"/model/max_input_chars_per_word", "-1", "RKT-1008: 'max_input_chars_per_word' is -1"},
        Damage{"/model/continuing_subword_prefix", "null", "RKT-1008: 'continuing_subword_prefix' is null"}));

INSTANTIATE_TEST_SUITE_P(
    Steps, DamagedDocument,
    testing::Values(
        Damage{"/version", "\"2.0\"", "RKT-1009: version \"2.0\" is not 1.0"},
        Damage{"/normalizer", "7", "RKT-1008: found number where an object is expected"},
        Damage{"/normalizer/type", "\"BertNormaliser\"",
               "RKT-1009: normalizer \"BertNormaliser\" is not known to this version; known: BertNormalizer, "
               "Lowercase, NFD, Sequence, StripAccents\n  where: tokenizer.json: normalizer\n"
               "  hint:  did you mean 'BertNormalizer'?"},
        Damage{"/normalizer/clean_text", "1", "RKT-1008: 'clean_text' is number, true or false is expected"},
        Damage{"/normalizer", R"({"type": "Sequence"})", "RKT-1008: 'normalizers' is missing"},
        Damage{"/normalizer", R"({"type": "Sequence", "normalizers": [{"type": "NFD"}, {"type": "NFX"}]})",
               "RKT-1009: normalizer \"NFX\" is not known"},
        Damage{"/pre_tokenizer/type", "\"ByteLevel\"", "RKT-1009: pre-tokenizer \"ByteLevel\" is not known"},
        Damage{"/pre_tokenizer", R"({"type": "Sequence", "pretokenizers": [0]})",
               "RKT-1008: found number where an object is expected\n"
               "  where: tokenizer.json: pre_tokenizer: pretokenizers[0]"},
        Damage{"/truncation", R"({"max_length": -1, "strategy": "LongestFirst", "stride": 0})",
               "RKT-1008: 'max_length' is -1"},
        Damage{"/truncation", R"({"max_length": 8, "strategy": "Longest", "stride": 0})",
               "RKT-1008: strategy \"Longest\" is not LongestFirst, OnlyFirst or OnlySecond"},
        Damage{"/truncation", R"({"max_length": 8, "strategy": "OnlyFirst", "stride": 0, "direction": "Up"})",
               "RKT-1008: direction \"Up\" is neither Left nor Right"}));

INSTANTIATE_TEST_SUITE_P(
    AddedTokens, DamagedDocument,
    testing::Values(Damage{"/added_tokens", "{}", "RKT-1008: 'added_tokens' is object, an array is expected"},
                    Damage{"/added_tokens/0/id", "9",
                           "RKT-1008: token \"[MASK]\" has the id 9 here, but 4 in the vocabulary"},
                    Damage{"/added_tokens/0/id", "-4", "RKT-1008: 'id' is -4"},
                    Damage{"/added_tokens/0/lstrip", "null", "RKT-1008: 'lstrip' is null"},
                    Damage{"/added_tokens", token_18.c_str(),
                           "RKT-1008: token \"x\" has the id 18 here, but 16 is the next free one"},
                    Damage{"/added_tokens", token_huge.c_str(), "RKT-1008: 'id' is 4294967296"},
                    Damage{"/added_tokens", token_twice.c_str(),
                           "RKT-1008: added token \"x\" is there twice with different flags"}));

INSTANTIATE_TEST_SUITE_P(
    PostProcessor, DamagedDocument,
    testing::Values(
        Damage{"/post_processor/type", "\"RobertaProcessing\"",
               "RKT-1009: post-processor \"RobertaProcessing\" is not known to this version; known: "
               "BertProcessing, "
               "TemplateProcessing"},
        Damage{"/post_processor/single/0", R"({"SpecialToken": {"id": "<s>", "type_id": 0}})",
               "RKT-1008: special token \"<s>\" is not in special_tokens"},
        Damage{"/post_processor/single/1", R"({"Sequence": {"id": "B", "type_id": 0}})",
               "RKT-1008: the template for one text names sequence B"},
        Damage{"/post_processor/single", R"([{"SpecialToken": {"id": "[CLS]", "type_id": 0}}])",
               "RKT-1008: the template for one text lacks sequence A"},
        Damage{"/post_processor/pair", R"([{"Sequence": {"id": "A", "type_id": 0}}])",
               "RKT-1008: the template for a pair lacks sequence A or B"},
        Damage{"/post_processor/pair", R"([{"Sequence": {"id": "B", "type_id": 0}}])",
               "RKT-1008: the template for a pair lacks sequence A or B"},
        Damage{"/post_processor/single/0", R"({"SpecialToken": {"id": "[CLS]\u0000", "type_id": 0}})",
               "RKT-1008: special token \"[CLS]\\u0000\" is not in special_tokens"},
        Damage{"/post_processor/pair/1", R"({"Sequence": {"id": "C", "type_id": 0}})",
               "RKT-1008: sequence \"C\" is neither \"A\" nor \"B\""},
        Damage{"/post_processor/pair/1", R"({"Sequence": {"id": "A", "type_id": 4294967295}})",
               "RKT-1008: 'type_id' is 4294967295"},
        Damage{"/post_processor/pair/1", "{}", "RKT-1008: 'Sequence' is missing"},
        Damage{"/post_processor/special_tokens/[SEP]/ids", "[3, 4]", "RKT-1008: 2 ids for 1 tokens"},
        Damage{"/post_processor/special_tokens/[SEP]/ids", "[99]",
               "RKT-1008: special token \"[SEP]\" has the id 99 here, but 3 in the vocabulary"},
        Damage{"/post_processor/special_tokens/[SEP]/ids", "[-3]", "RKT-1008: 'ids' holds \"-3\""},
        Damage{"/post_processor/special_tokens/[SEP]/tokens", "[7]",
               "RKT-1008: 'tokens' holds something else than strings"},
        Damage{"/post_processor/special_tokens/[SEP]/tokens", "[\"<s>\"]",
               "RKT-1008: special token \"<s>\" is not in the vocabulary"},
        Damage{"/post_processor", R"({"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]"]})",
               "RKT-1008: 'cls' is not a token and its id"},
        Damage{"/post_processor", R"({"type": "BertProcessing", "sep": ["<s>", 3], "cls": ["[CLS]", 2]})",
               "RKT-1008: special token \"<s>\" is not in the vocabulary"}));

Json repeated(const Json& value, size_t times) {
  Json list = Json::array();
  for (size_t i = 0; i < times; ++i) list.push_back(value);
  return list;
}

TEST(TokenizerJson, TemplatesHaveALimit) {
  const Json a = {{"Sequence", {{"id", "A"}, {"type_id", 0}}}},
             cls = {{"SpecialToken", {{"id", "[CLS]"}, {"type_id", 0}}}};
  const auto refusal = [](Json document, size_t ids) {
    document = with(std::move(document), "/post_processor/special_tokens/[CLS]/ids", repeated(2, ids));
    document =
        with(std::move(document), "/post_processor/special_tokens/[CLS]/tokens", repeated("[CLS]", ids));
    return refusal_of(document.dump());
  };
  const auto single = [](const Json& pieces) {
    return with(bert_document(), "/post_processor/single", pieces);
  };
  EXPECT_EQ(refusal_of(single(repeated(a, 64)).dump()), "nothing thrown");
  EXPECT_TRUE(refusal_of(single(repeated(a, 65)).dump())
                  .starts_with("RKT-1009: the template 'single' has 65 pieces; at most 64 are possible"));
  EXPECT_EQ(refusal(single({a, cls, cls}), 512), "nothing thrown");
  EXPECT_TRUE(refusal(single({a, cls, cls}), 513)
                  .starts_with("RKT-1009: the template 'single' has 1026 special tokens; at most 1024"));
  EXPECT_TRUE(refusal(single({a, cls}), 100'000)
                  .starts_with("RKT-1009: the template 'single' has 100000 special tokens"));
}

TEST(TokenizerJson, TokensHaveALimit) {
  const std::string longest(1024, 'x');
  EXPECT_EQ(refusal_of(with(bert_document(), "/model/vocab/" + longest, 16).dump()), "nothing thrown");
  EXPECT_EQ(refusal_of(test::with_added_token(longest, Json::object()).dump()), "nothing thrown");
  const std::string expected =
      "RKT-1009: token \"" + longest.substr(0, 60) + "…\" has 1025 bytes; at most 1024";
  EXPECT_TRUE(refusal_of(with(bert_document(), "/model/vocab/x" + longest, 16).dump()).starts_with(expected));
  EXPECT_TRUE(refusal_of(test::with_added_token("x" + longest, Json::object()).dump()).starts_with(expected));
}

TEST(TokenizerJson, RefusesWhatIsNoJson) {
  const std::string whole = bert_document().dump();
  EXPECT_TRUE(refusal_of("").starts_with("RKT-1003"));
  EXPECT_TRUE(refusal_of(whole.substr(0, whole.size() / 2)).starts_with("RKT-1003"));
  EXPECT_TRUE(refusal_of(std::string(100000, '[')).starts_with("RKT-1003"));
  EXPECT_TRUE(refusal_of("{\"model\": \"\xff\"}").starts_with("RKT-1003"));
  EXPECT_TRUE(refusal_of("[]").starts_with("RKT-1008"));
  EXPECT_TRUE(refusal_of("{}").starts_with("RKT-1008: 'model' is missing"));
}

TEST(TokenizerJson, MessagesQuoteShortlyAndWithoutControlCharacters) {
  const std::string name = std::string(1000, 'x') + "\n";
  const std::string error = refusal_of(with(bert_document(), "/model/type", name).dump());
  EXPECT_LT(error.size(), 300U);
  EXPECT_TRUE(refusal_of(with(bert_document(), "/model/type", "a\nb").dump())
                  .starts_with("RKT-1009: model \"a\\nb\""));
}

TEST(TokenizerJson, NamesTheDocument) {
  const std::string error = test::error_of([] { Tokenizer::from_json("{}", "dir/tokenizer.json"); });
  EXPECT_NE(error.find("where: dir/tokenizer.json"), std::string::npos) << error;
}

TEST(TokenizerJson, OldDocumentsLeaveTheModelsTypeOut) {
  Json document = bert_document();
  document["model"].erase("type");
  EXPECT_EQ(tokenizer_of(document).model_type(), "WordPiece");
}

TEST(TokenizerJson, SameAddedTokenTwiceIsFine) {
  EXPECT_EQ(refusal_of(with(bert_document(), "/added_tokens", parse_json(token_same, "")).dump()),
            "nothing thrown");
  EXPECT_EQ(refusal_of(with(bert_document(), "/added_tokens", parse_json(token_16, "")).dump()),
            "nothing thrown");
}

TEST(TokenizerJson, ReadsTruncation) {
  EXPECT_FALSE(tokenizer_of(bert_document()).file_truncation());
  const Json section = {
      {"direction", "Left"}, {"max_length", 9223372036854775807}, {"strategy", "OnlySecond"}, {"stride", 3}};
  const auto truncation = tokenizer_of(with(bert_document(), "/truncation", section)).file_truncation();
  ASSERT_TRUE(truncation);
  EXPECT_EQ(truncation->max_length, 2147483647);
  EXPECT_EQ(truncation->strategy, TruncationStrategy::only_second);
  EXPECT_EQ(truncation->stride, 3);
}

TEST(TokenizerJson, IdsMayHaveGaps) {
  const Tokenizer tokenizer = tokenizer_of(with(bert_document(), "/model/vocab/far", 1000));
  EXPECT_EQ(tokenizer.vocab_size(), 1001);
  EXPECT_EQ(tokenizer.encode("far", {SpecialTokens::omit, std::nullopt}).ids, (std::vector<int32_t>{1000}));
  EXPECT_FALSE(tokenizer.id_to_token(999));
}

}  // namespace
}  // namespace rkt
