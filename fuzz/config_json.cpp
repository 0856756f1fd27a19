/// Every reader of a model directory's JSON files on one document: an error or a checked value.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "rkt/error.h"

#include "model/config.h"
#include "model/rknn_entries.h"
#include "model/sentence_modules.h"

namespace {

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
      if (entry.batch_size < 1 || entry.max_seq_length < 1 || entry.file.find("..") == 0) std::abort();
  });
  run([&] { rkt::parse_modules(json, "fuzz"); });
  run([&] { rkt::parse_pooling(json, "fuzz"); });
  run([&] { rkt::check_normalize(json, "fuzz"); });
  return 0;
}
