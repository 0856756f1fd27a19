/// Every reader of a model directory's JSON files on one document: an error or a checked value.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string_view>

#include "rkt/error.h"

#include "model/config.h"
#include "model/max_length.h"
#include "model/rknn_entries.h"
#include "model/sentence_modules.h"
#include "model/weight_index.h"

namespace {

constexpr int positions = 512;

bool is_inside(const std::filesystem::path& path) {
  return !path.empty() && !path.is_absolute() && std::find(path.begin(), path.end(), "..") == path.end();
}

template <typename Reader>
void run(Reader&& reader) {
  try {
    reader();
  } catch (const rkt::Error&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  rkt::Json json;
  try {
    json = rkt::parse_json(text, "fuzz");
  } catch (const rkt::Error&) {
    return 0;
  }
  run([&] {
    const rkt::EncoderConfig config = rkt::parse_encoder_config(json, "fuzz");
    if (config.head_dim() * config.heads != config.hidden || config.pad_token_id >= config.vocab_size)
      std::abort();
  });
  run([&] {
    for (const rkt::RknnEntry& entry : rkt::parse_rknn_entries(json, "fuzz"))
      if (entry.batch_size < 1 || entry.max_seq_length < 1 || !is_inside(entry.file)) std::abort();
  });
  run([&] {
    for (const auto& [tensor, file] : rkt::parse_weight_index(json, "fuzz"))
      if (!is_inside(file)) std::abort();
  });
  run([&] {
    const std::optional<int> length = rkt::parse_max_seq_length(json, positions, "fuzz");
    if (length && (*length < 1 || *length > positions)) std::abort();
  });
  run([&] {
    const int length = rkt::parse_model_max_length(json, positions, "fuzz");
    if (length < 1 || length > positions) std::abort();
  });
  run([&] { rkt::parse_modules(json, "fuzz"); });
  run([&] { rkt::parse_pooling(json, "fuzz"); });
  run([&] { rkt::check_normalize(json, "fuzz"); });
  return 0;
}
