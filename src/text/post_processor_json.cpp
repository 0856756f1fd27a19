#include <fmt/format.h>
#include <utility>

#include "text/component_json.h"

namespace rkt::text {
namespace {

/// A special token of the post-processor must be the vocabulary's, or it would mean something else to the
/// model.
void check_special(const JsonView& view, const Components& components, const std::string& token, int64_t id) {
  const int32_t* known = find_id(components, token);
  if (known == nullptr) view.fail(fmt::format("special token {} is not in the vocabulary", quote(token)));
  if (*known != id)
    view.fail(fmt::format("special token {} has the id {} here, but {} in the vocabulary", quote(token), id,
                          *known));
}

TemplatePiece read_special(const JsonView& view, const Components& components) {
  TemplatePiece piece;
  piece.kind = TemplatePiece::Kind::special;
  for (const Json& token : view.array("tokens")) {
    if (!token.is_string()) view.fail("'tokens' holds something else than strings");
    piece.tokens.push_back(token.get<std::string>());
  }
  for (const Json& id : view.array("ids")) {
    if (!id.is_number_unsigned() || id.get<uint64_t>() > uint64_t{largest_id})
      view.fail(fmt::format("'ids' holds {}, 0..{} is expected", quote(id.dump()), largest_id));
    piece.ids.push_back(id.get<int32_t>());
  }
  if (piece.ids.size() != piece.tokens.size())
    view.fail(fmt::format("{} ids for {} tokens", piece.ids.size(), piece.tokens.size()));
  for (size_t i = 0; i < piece.ids.size(); ++i)
    check_special(view, components, piece.tokens[i], piece.ids[i]);
  return piece;
}

TemplatePiece read_piece(const JsonView& view, const JsonView& special_tokens, const Components& components) {
  const bool is_special = view.has("SpecialToken");
  const JsonView body = view.object(is_special ? "SpecialToken" : "Sequence");
  const std::string id = body.string("id");
  TemplatePiece piece;
  if (is_special) {
    if (!special_tokens.has(id.c_str()))
      body.fail(fmt::format("special token {} is not in special_tokens", quote(id)));
    piece = read_special(special_tokens.object(id.c_str()), components);
  } else if (id == "B") {
    piece.kind = TemplatePiece::Kind::second;
  } else if (id != "A") {
    body.fail(fmt::format("sequence {} is neither \"A\" nor \"B\"", quote(id)));
  }
  piece.type_id = static_cast<int32_t>(body.integer("type_id", 0, INT32_MAX));
  return piece;
}

PostProcessor read_template_processing(const JsonView& view, const Components& components) {
  const JsonView special_tokens = view.object("special_tokens");
  const auto read = [&](const JsonView& piece) { return read_piece(piece, special_tokens, components); };
  Template single = read_each(view, "single", read);
  for (const TemplatePiece& piece : single)
    if (piece.kind == TemplatePiece::Kind::second) view.fail("the template for one text names sequence B");
  return {std::move(single), read_each(view, "pair", read)};
}

PostProcessor read_bert_processing(const JsonView& view, const Components& components) {
  using Kind = TemplatePiece::Kind;
  const auto read = [&](const char* key) {
    const Json& pair = view.array(key);
    if (pair.size() != 2 || !pair[0].is_string() || !pair[1].is_number_unsigned() ||
        pair[1].get<uint64_t>() > uint64_t{largest_id})
      view.fail(fmt::format("'{}' is not a token and its id", key));
    check_special(view, components, pair[0].get<std::string>(), pair[1].get<int64_t>());
    return TemplatePiece{Kind::special, 0, {pair[1].get<int32_t>()}, {pair[0].get<std::string>()}};
  };
  const TemplatePiece cls = read("cls"), sep = read("sep"), first{Kind::first, 0, {}, {}};
  TemplatePiece last = sep;
  last.type_id = 1;
  return {{cls, first, sep}, {cls, first, sep, {Kind::second, 1, {}, {}}, last}};
}

}  // namespace

PostProcessor read_post_processor(const JsonView& view, const Components& components) {
  static const std::vector<std::string> known{"BertProcessing", "TemplateProcessing"};
  const std::string type = view.string("type");
  if (type == "TemplateProcessing") return read_template_processing(view, components);
  if (type == "BertProcessing") return read_bert_processing(view, components);
  fail_unknown(view, "post-processor", type, known);
}

}  // namespace rkt::text
