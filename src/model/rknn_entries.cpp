#include "model/rknn_entries.h"

#include "base/quote.h"
#include "model/relative_path.h"

namespace rkt {
namespace {

constexpr int max_batch = 4096;
constexpr int max_length = 1 << 20;

RknnEntry parse_entry(const std::string& file, const Json& json, const std::string& where) {
  require_inside(file, where, ErrorCode::config_invalid);
  const JsonView view(json, where + ": " + shorten(file), ErrorCode::config_invalid);
  RknnEntry entry;
  entry.file = file;
  entry.platform = view.string("target_platform");
  if (entry.platform.empty()) view.fail("'target_platform' is empty, a name such as \"rk3588\" is expected");
  entry.batch_size = static_cast<int>(view.integer("batch_size", 1, max_batch));
  entry.max_seq_length = static_cast<int>(view.integer("max_seq_length", 1, max_length));
  entry.dtype = view.string_or("float_dtype", "float16");
  if (view.has("quantization")) {
    const JsonView quantization = view.object("quantization");
    // quantized_dtype says w8a8 in float16 entries too: do_quantization decides
    if (quantization.boolean_or("do_quantization", false))
      entry.dtype = quantization.string("quantized_dtype");
  }
  if (entry.dtype.empty()) view.fail("its dtype is empty, one such as \"float16\" or \"w8a8\" is expected");
  entry.json = json;
  return entry;
}

}  // namespace

std::vector<RknnEntry> parse_rknn_entries(const Json& config, const std::string& where) {
  const JsonView view(config, where, ErrorCode::config_invalid);
  std::vector<RknnEntry> entries;
  if (!view.has("rknn")) return entries;
  const JsonView rknn = view.object("rknn");
  for (const auto& [file, json] : rknn.value().items())
    entries.push_back(parse_entry(file, json, rknn.where()));
  return entries;
}

}  // namespace rkt
