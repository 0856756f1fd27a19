#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "text/component_json.h"

namespace rkt::text {
namespace {

/// A special token of the post-processor must be the vocabulary's, or it would mean something else to the
/// model.
void check_special(const JsonView& view, const Components& components, const std::string& token, int64_t id) {
  const int32_t* known = components.find(token);
  if (known == nullptr) view.fail(fmt::format("special token {} is not in the vocabulary", quote(token)));
  if (*known != id)
    view.fail(fmt::format("special token {} has the id {} here, but {} in the vocabulary", quote(token), id,
                          *known));
}

// Templates in use have five pieces at most, each of one token. They are copied around every text.
constexpr size_t most_pieces = 64, most_special_ids = 1024;

Error too_large(const JsonView& view, const char* key, size_t found, size_t limit, const char* what) {
  return {ErrorCode::feature_unsupported,
          fmt::format("the template '{}' has {} {}; at most {} are possible", key, found, what, limit),
          view.where()};
}

TemplatePiece read_special(const JsonView& view, const Components& components) {
  TemplatePiece piece;
  piece.kind = TemplatePiece::Kind::special;
  const Json &ids = view.array("ids"), &tokens = view.array("tokens");
  if (ids.size() != tokens.size()) view.fail(fmt::format("{} ids for {} tokens", ids.size(), tokens.size()));
  for (size_t i = 0; i < ids.size(); ++i) {
    if (!tokens[i].is_string()) view.fail("'tokens' holds something else than strings");
    if (!ids[i].is_number_unsigned() || ids[i].get<uint64_t>() > uint64_t{largest_id})
      view.fail(fmt::format("'ids' holds {}, 0..{} is expected", quote(ids[i].dump()), largest_id));
    const auto& token = tokens[i].get_ref<const std::string&>();
    check_special(view, components, token, ids[i].get<int64_t>());
    piece.tokens.push_back(token);
    piece.ids.push_back(ids[i].get<int32_t>());
  }
  return piece;
}

class TemplateReader {
 public:
  TemplateReader(const JsonView& view, const Components& components)
      : view_(view), special_tokens_(view.object("special_tokens")), components_(components) {}

  Template read(const char* key) const {
    if (const size_t pieces = view_.array(key).size(); pieces > most_pieces)
      throw too_large(view_, key, pieces, most_pieces, "pieces");
    size_t ids = 0;
    return read_each(view_, key, [&](const JsonView& piece) { return read_piece(piece, key, ids); });
  }

 private:
  /// `ids` counts the special tokens of the pieces so far.
  TemplatePiece read_piece(const JsonView& view, const char* key, size_t& ids) const {
    const bool is_special = view.has("SpecialToken");
    const JsonView body = view.object(is_special ? "SpecialToken" : "Sequence");
    const std::string id = body.string("id");
    TemplatePiece piece;
    if (is_special) {
      if (!special_tokens_.has(id))
        body.fail(fmt::format("special token {} is not in special_tokens", quote(id)));
      const JsonView special = special_tokens_.object(id);
      ids += special.array("ids").size();
      if (ids > most_special_ids) throw too_large(view_, key, ids, most_special_ids, "special tokens");
      piece = read_special(special, components_);
    } else if (id == "B") {
      piece.kind = TemplatePiece::Kind::second;
    } else if (id != "A") {
      body.fail(fmt::format("sequence {} is neither \"A\" nor \"B\"", quote(id)));
    }
    piece.type_id = static_cast<int32_t>(body.integer("type_id", 0, INT32_MAX));
    return piece;
  }

  const JsonView& view_;
  JsonView special_tokens_;
  const Components& components_;
};

bool names(const Template& pieces, TemplatePiece::Kind sequence) {
  return std::any_of(pieces.begin(), pieces.end(),
                     [&](const TemplatePiece& piece) { return piece.kind == sequence; });
}

PostProcessor read_template_processing(const JsonView& view, const Components& components) {
  using Kind = TemplatePiece::Kind;
  const TemplateReader reader(view, components);
  Template single = reader.read("single"), pair = reader.read("pair");
  if (names(single, Kind::second)) view.fail("the template for one text names sequence B");
  if (!names(single, Kind::first)) view.fail("the template for one text lacks sequence A");
  if (!names(pair, Kind::first) || !names(pair, Kind::second))
    view.fail("the template for a pair lacks sequence A or B");
  return {std::move(single), std::move(pair)};
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
