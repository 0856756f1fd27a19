#include "rkt/inspect.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "rkt/tokenizer.h"

#include "base/files.h"
#include "export/self_test.h"
#include "model/model_directory.h"
#include "model/weights.h"

namespace rkt {
namespace fs = std::filesystem;
namespace {

std::string name_of(PoolingMode mode) {
  switch (mode) {
    case PoolingMode::cls:
      return "cls";
    case PoolingMode::max:
      return "max";
    case PoolingMode::mean_sqrt_len:
      return "mean_sqrt_len";
    case PoolingMode::mean:
      break;
  }
  return "mean";
}

void describe(const RknnEntry& entry, CompiledFile& file) {
  file.described = true;
  file.platform = entry.platform;
  file.dtype = entry.dtype;
  file.batch_size = entry.batch_size;
  file.max_seq_length = entry.max_seq_length;
  file.inputs = "ids";
  const auto ours = entry.json.find("librkt");
  if (ours == entry.json.end() || !ours->is_object()) return;
  const JsonView facts(*ours, entry.file + ": librkt", ErrorCode::config_invalid);
  file.inputs = facts.string_or("inputs", "ids");
  file.toolkit = facts.string_or("toolkit", "");
  file.recorded_sha256 = facts.string_or("file_sha256", "");
}

CompiledFile read_file_facts(const fs::path& path) {
  CompiledFile file;
  file.path = path;
  file.exists = fs::is_regular_file(path);
  if (!file.exists) return file;
  file.bytes = static_cast<int64_t>(fs::file_size(path));
  file.sha256 = sha256_file(path);
  const fs::path report = fs::path(path).replace_extension(".report.json");
  if (fs::exists(report)) file.report = read_json(report).dump();
  return file;
}

// The directory above `file` whose config.json has an "rknn" object, at most two levels up ("rknn/" is one).
std::vector<std::pair<fs::path, RknnEntry>> entries_above(const fs::path& file) {
  std::vector<std::pair<fs::path, RknnEntry>> found;
  fs::path directory = fs::absolute(file).parent_path();
  for (int level = 0; level < 2; ++level, directory = directory.parent_path()) {
    const fs::path config = directory / "config.json";
    if (!fs::exists(config)) continue;
    try {
      for (RknnEntry& entry : parse_rknn_entries(read_json(config), config.string()))
        found.emplace_back(directory, std::move(entry));
    } catch (const Error&) {  // a config.json of something else says nothing about this file
    }
  }
  return found;
}

}  // namespace

ModelSummary inspect_directory(const fs::path& directory) {
  const ModelDirectory model = ModelDirectory::open(directory);
  ModelSummary summary;
  summary.path = directory;
  summary.model_type = model.config.model_type;
  summary.architectures = model.config.architectures;
  summary.hidden = model.config.hidden;
  summary.layers = model.config.layers;
  summary.heads = model.config.heads;
  summary.intermediate = model.config.intermediate;
  summary.vocab_size = model.config.vocab_size;
  summary.max_positions = model.config.max_positions;
  summary.max_tokens = model.max_seq_length;
  summary.pooling = name_of(model.pooling.mode);
  summary.normalize = model.pooling.normalize;
  summary.self_test = fs::exists(directory / self_test_file);
  if (fs::exists(directory / "tokenizer.json")) summary.tokenizer = Tokenizer::open(directory).model_type();
  if (has_weights(directory)) {
    const Weights weights(directory);
    summary.weight_files = weights.files();
    summary.parameters = weights.parameters();
  }
  for (const RknnEntry& entry : model.rknn) {
    CompiledFile file = read_file_facts(directory / entry.file);
    describe(entry, file);
    summary.compiled.push_back(std::move(file));
  }
  return summary;
}

CompiledFile inspect_file(const fs::path& path) {
  const MappedFile bytes(path);
  constexpr std::string_view magic = "RKNN";
  const std::string_view start{reinterpret_cast<const char*>(bytes.bytes().data()),
                               std::min(bytes.bytes().size(), magic.size())};
  if (start != magic)
    throw Error(ErrorCode::artefact_mismatch,
                fmt::format("'{}' is not a compiled model: it does not start with 'RKNN'", path.string()), {},
                "it may be a git-lfs pointer or cut off: fetch it again");
  CompiledFile file = read_file_facts(path);
  for (const auto& [directory, entry] : entries_above(path)) {
    std::error_code absent;
    if (fs::equivalent(directory / entry.file, path, absent)) describe(entry, file);
  }
  return file;
}

}  // namespace rkt
