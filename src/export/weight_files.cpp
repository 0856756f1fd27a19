#include "export/weight_files.h"

#include <algorithm>

#include "base/json.h"
#include "model/embedding_tables.h"

namespace rkt {

void write_weight_files(const Weights& weights, const std::filesystem::path& directory) {
  const std::vector<std::string> table_names = EmbeddingTables::names();
  const auto is_table = [&](const std::string& name) {
    return std::any_of(table_names.begin(), table_names.end(), [&](const std::string& table) {
      return name == table ||
             name.ends_with("." + table);  // task models put a prefix before the encoder's names
    });
  };
  std::map<std::string, std::map<std::string, TensorView>> files;
  Json index;
  int64_t bytes = 0;
  for (const auto& [name, tensor] : weights.tensors()) bytes += static_cast<int64_t>(tensor.bytes.size());
  index["metadata"]["total_size"] = bytes;
  for (const auto& [name, tensor] : weights.tensors()) {
    const char* file = is_table(name) ? "embeddings.safetensors" : "encoder.safetensors";
    files[file].emplace(name, tensor);
    index["weight_map"][name] = file;
  }
  for (const auto& [file, tensors] : files)
    write_safetensors(directory / file, tensors,
                      {{"format", "pt"}});  // transformers refuses files without it
  write_file(directory / "model.safetensors.index.json", index.dump(2) + "\n");
}

}  // namespace rkt
