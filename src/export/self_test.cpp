#include "export/self_test.h"

#include <fmt/format.h>

#include "rkt/error.h"

#include "base/files.h"
#include "base/json.h"
#include "export/self_test_texts.h"

namespace rkt {

std::vector<std::string> built_in_self_test_texts() {
  std::vector<std::string> texts;
  std::string_view rest = self_test_texts;
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    texts.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return texts;
}

void write_self_test(const std::filesystem::path& directory, const SelfTest& test) {
  // One line a test: the file is looked at with a pager and compared with diff.
  std::string text = fmt::format("{{\"version\": 1, \"made_by\": {}, \"max_seq_length\": {}, \"tests\": [",
                                 Json(test.made_by).dump(), test.max_seq_length);
  for (size_t i = 0; i < test.texts.size(); ++i) {
    const Json entry{{"text", test.texts[i]}, {"ids", test.ids[i]}, {"vector", test.vectors[i]}};
    text += (i == 0 ? "\n" : ",\n") + entry.dump();
  }
  write_file(directory / self_test_file, text + "\n]}\n");
}

SelfTest read_self_test(const std::filesystem::path& directory) {
  require_exists(directory);
  const std::filesystem::path file = directory / self_test_file;
  if (!std::filesystem::exists(file))
    throw Error(ErrorCode::self_test_missing, fmt::format("no self-test: '{}' does not exist", file.string()),
                {}, "export writes one; a plain model directory has none");
  const Json document = read_json(file);
  const JsonView view(document, file.string(), ErrorCode::config_invalid);
  view.integer("version", 1, 1);
  SelfTest test;
  test.made_by = view.string("made_by");
  test.max_seq_length = static_cast<int>(view.integer("max_seq_length", 1, 1 << 20));
  try {
    for (const Json& entry : view.array("tests")) {
      test.texts.push_back(entry.at("text").get<std::string>());
      test.ids.push_back(entry.at("ids").get<std::vector<int>>());
      test.vectors.push_back(entry.at("vector").get<std::vector<float>>());
    }
  } catch (const Json::exception&) {
    view.fail(fmt::format("test {} is damaged: text, ids and vector are expected", test.vectors.size()));
  }
  if (test.texts.empty()) view.fail("'tests' is empty");
  for (const std::vector<float>& vector : test.vectors)
    if (vector.empty() || vector.size() != test.vectors[0].size()) view.fail("the vectors differ in length");
  return test;
}

}  // namespace rkt
