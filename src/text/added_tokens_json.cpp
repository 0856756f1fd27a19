#include <algorithm>
#include <fmt/format.h>

#include "text/component_json.h"

namespace rkt::text {
namespace {

AddedToken read_added_token(const JsonView& view) {
  AddedToken token;
  token.id = static_cast<int32_t>(view.integer("id", 0, largest_id));
  token.content = view.string("content");
  token.single_word = view.boolean("single_word");
  token.lstrip = view.boolean("lstrip");
  token.rstrip = view.boolean("rstrip");
  token.normalized = view.boolean("normalized");
  token.special = view.boolean("special");
  return token;
}

bool same_flags(const AddedToken& a, const AddedToken& b) {
  return a.single_word == b.single_word && a.lstrip == b.lstrip && a.rstrip == b.rstrip &&
         a.normalized == b.normalized && a.special == b.special;
}

}  // namespace

// The reference numbers tokens that the model does not know itself, one after the other, and only warns if
// the document says otherwise. Its ids would then not be the model's, so here that is an error.
void read_added_tokens(const JsonView& document, Components& components) {
  if (!document.has("added_tokens")) return;
  const Vocabulary& vocabulary = components.model->vocabulary();
  auto next_id = static_cast<int64_t>(vocabulary.size());
  std::vector<AddedToken> tokens;
  size_t index = 0;
  for (const Json& value : document.array("added_tokens")) {
    const JsonView view = element(document, "added_tokens", value, index++);
    const AddedToken token = read_added_token(view);
    if (token.content.empty()) continue;  // as the reference does
    check_token_length(view, token.content);
    const int32_t* known = components.find(token.content);
    const int64_t id = known != nullptr ? *known : next_id++;
    if (id != token.id)
      view.fail(fmt::format("token {} has the id {} here, but {} {}", quote(token.content), token.id, id,
                            known != nullptr ? "in the vocabulary" : "is the next free one"));
    if (known == nullptr &&
        (vocabulary.find(token.id) != nullptr || !components.added_vocabulary.add(token.content, token.id)))
      view.fail(fmt::format("token {} has the id {} of another token", quote(token.content), token.id));
    tokens.push_back(token);
  }
  std::stable_sort(tokens.begin(), tokens.end(),
                   [](const AddedToken& a, const AddedToken& b) { return a.id < b.id; });
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (i > 0 && tokens[i].id == tokens[i - 1].id) {
      if (!same_flags(tokens[i], tokens[i - 1]))
        document.fail(
            fmt::format("added token {} is there twice with different flags", quote(tokens[i].content)));
      continue;
    }
    if (!components.added_tokens.add(tokens[i], components.normalizer.get()))
      throw Error(ErrorCode::feature_unsupported,
                  fmt::format("added token {} is white space and takes the white space behind it (rstrip)",
                              quote(tokens[i].content)),
                  document.where());
  }
}

}  // namespace rkt::text
