#include "model/safetensors.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "rkt/error.h"

#include "base/json.h"
#include "base/quote.h"

namespace rkt {
namespace {

constexpr size_t length_bytes = 8;
constexpr uint64_t max_header = 100'000'000;  // the reference's limit

struct ElementType {
  std::string_view name;
  size_t size;
  std::optional<DType> dtype;  // empty: checked, not listed
};

// The floating types beyond these three are left out on purpose: a weight of such a type must not go unseen.
constexpr std::array element_types{
    ElementType{"F32", 4, DType::f32},   ElementType{"F16", 2, DType::f16},
    ElementType{"BF16", 2, DType::bf16}, ElementType{"BOOL", 1, std::nullopt},
    ElementType{"U8", 1, std::nullopt},  ElementType{"I8", 1, std::nullopt},
    ElementType{"U16", 2, std::nullopt}, ElementType{"I16", 2, std::nullopt},
    ElementType{"U32", 4, std::nullopt}, ElementType{"I32", 4, std::nullopt},
    ElementType{"U64", 8, std::nullopt}, ElementType{"I64", 8, std::nullopt},
};

struct Entry {
  std::string name;
  ElementType type;
  Shape shape;
  uint64_t begin, end;  // in the data, which starts behind the header
};

Error damaged(const std::string& where, const std::string& problem) {
  return {
      ErrorCode::weights_invalid, problem, where,
      "the file is cut off or altered: compare its size and hash with the original's, then fetch it again"};
}

uint64_t unsigned_value(const Json& value, const char* what, const std::string& where) {
  // nlohmann-json keeps non-negative integers unsigned, and what exceeds 64 bits as a float
  if (!value.is_number_unsigned())
    throw damaged(where, fmt::format("{} {}, an integer of 0..2^63-1 is expected", what,
                                     value.is_number() ? value.dump() : value.type_name()));
  const auto number = value.get<uint64_t>();
  if (number > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()))
    throw damaged(where, fmt::format("{} {}, an integer of 0..2^63-1 is expected", what, number));
  return number;
}

std::string_view header_of(std::span<const std::byte> bytes, const std::string& where) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.starts_with("version https://git-lfs"))
    throw Error(ErrorCode::weights_invalid, "this is a Git LFS pointer, not the file it stands for", where,
                "run 'git lfs pull' in the clone, or download the file itself");
  if (bytes.size() < length_bytes)
    throw damaged(where, fmt::format("{} bytes, at least {} are expected", bytes.size(), length_bytes));
  uint64_t length = 0;
  std::memcpy(&length, bytes.data(), length_bytes);  // little-endian, as every supported machine is
  const uint64_t limit = std::min<uint64_t>(bytes.size() - length_bytes, max_header);
  if (length > limit)
    throw damaged(where, fmt::format("the header has {} bytes by its own count; at most {} are possible in a "
                                     "file of {} bytes",
                                     length, limit, bytes.size()));
  const std::string_view header = text.substr(length_bytes, static_cast<size_t>(length));
  if (!header.starts_with('{')) throw damaged(where, "the header does not start with '{'");
  return header;
}

Json parse_header(std::string_view header, const std::string& where) {
  try {
    return parse_json(header, where, DuplicateKeys::refuse);
  } catch (const Error& problem) {
    throw damaged(where, "the header is damaged: " + problem.message());
  }
}

void check_metadata(const Json& metadata, const std::string& where) {
  if (metadata.is_null()) return;
  if (!metadata.is_object())
    throw damaged(where, fmt::format("'__metadata__' is {}, an object is expected", metadata.type_name()));
  for (const auto& [key, value] : metadata.items())
    if (!value.is_string())
      throw damaged(where, fmt::format("'__metadata__' has {} under '{}', a string is expected",
                                       value.type_name(), shorten(key)));
}

ElementType element_type(const std::string& name, const std::string& where) {
  for (const ElementType& type : element_types)
    if (type.name == name) return type;
  throw Error(ErrorCode::weights_invalid,
              fmt::format("element type '{}' is not read; F32, F16 and BF16 are", shorten(name)), where,
              "save the model in one of these types: model.half().save_pretrained(directory)");
}

uint64_t byte_count(const Entry& entry, const std::string& where) {
  uint64_t count = entry.type.size;
  for (const int64_t dimension : entry.shape)
    if (__builtin_mul_overflow(count, static_cast<uint64_t>(dimension), &count))
      throw damaged(where, fmt::format("shape [{}] is too large for any file", fmt::join(entry.shape, ", ")));
  return count;
}

Entry parse_entry(const std::string& name, const Json& json, const std::string& file) {
  const std::string where = fmt::format("{}: '{}'", file, shorten(name));
  const JsonView view(json, where, ErrorCode::weights_invalid);
  Entry entry{name, element_type(view.string("dtype"), where), {}, 0, 0};
  for (const Json& dimension : view.array("shape"))
    entry.shape.push_back(static_cast<int64_t>(unsigned_value(dimension, "a dimension is", where)));
  const Json& offsets = view.array("data_offsets");
  if (offsets.size() != 2)
    throw damaged(where, fmt::format("'data_offsets' has {} values, 2 are expected", offsets.size()));
  entry.begin = unsigned_value(offsets[0], "an offset is", where);
  entry.end = unsigned_value(offsets[1], "an offset is", where);
  const uint64_t size = byte_count(entry, where);
  if (entry.end < entry.begin || entry.end - entry.begin != size)
    throw damaged(where, fmt::format("data_offsets [{}, {}] do not span the {} bytes of {} [{}]", entry.begin,
                                     entry.end, size, entry.type.name, fmt::join(entry.shape, ", ")));
  return entry;
}

/// Tensors must lie end to end from the first byte to the last: no overlap, no hole, nothing behind them.
void check_layout(std::vector<Entry>& entries, uint64_t size, const std::string& where) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.begin, a.end) < std::tie(b.begin, b.end);
  });
  uint64_t expected = 0;
  for (const Entry& entry : entries) {
    if (entry.begin != expected)
      throw damaged(where, fmt::format("tensor '{}' begins at byte {} of the data; {} is expected, where the "
                                       "one before it ends",
                                       shorten(entry.name), entry.begin, expected));
    expected = entry.end;
  }
  if (expected != size)
    throw damaged(where, fmt::format("the tensors take {} bytes, the file holds {}", expected, size));
}

}  // namespace

Safetensors::Safetensors(const std::filesystem::path& path)
    : where_(path.string()), file_(path), tensors_(parse(file_.bytes(), where_)) {}

std::map<std::string, TensorView> Safetensors::parse(std::span<const std::byte> bytes,
                                                     const std::string& where) {
  const std::string_view header = header_of(bytes, where);
  const std::span<const std::byte> data = bytes.subspan(length_bytes + header.size());
  const Json json = parse_header(header, where);
  std::vector<Entry> entries;
  for (const auto& [name, value] : json.items()) {
    if (name == "__metadata__") {
      check_metadata(value, where);
    } else {
      entries.push_back(parse_entry(name, value, where));
    }
  }
  check_layout(entries, data.size(), where);

  std::map<std::string, TensorView> tensors;
  for (Entry& entry : entries) {
    if (!entry.type.dtype) continue;
    const auto begin = static_cast<size_t>(entry.begin), size = static_cast<size_t>(entry.end) - begin;
    tensors[entry.name] = TensorView{*entry.type.dtype, std::move(entry.shape), data.subspan(begin, size)};
  }
  return tensors;
}

void write_safetensors(const std::filesystem::path& path, const std::map<std::string, TensorView>& tensors,
                       const std::map<std::string, std::string>& metadata) {
  std::vector<std::pair<std::string, const TensorView*>> ordered;
  ordered.reserve(tensors.size());
  for (const auto& [name, tensor] : tensors) ordered.emplace_back(name, &tensor);
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    return size_of(a.second->dtype) > size_of(b.second->dtype);
  });

  Json json = Json::object();
  if (!metadata.empty()) json["__metadata__"] = metadata;
  size_t size = 0;
  for (const auto& [name, tensor] : ordered) {
    const size_t end = size + tensor->bytes.size();
    json[name] = {{"dtype", name_of(tensor->dtype)}, {"shape", tensor->shape}, {"data_offsets", {size, end}}};
    size = end;
  }
  std::string header = json.dump();
  header.append((length_bytes - header.size() % length_bytes) % length_bytes, ' ');

  const uint64_t length = header.size();
  std::string content(length_bytes, '\0');
  std::memcpy(content.data(), &length, length_bytes);
  content.reserve(length_bytes + header.size() + size);
  content += header;
  for (const auto& [name, tensor] : ordered)
    content.append(reinterpret_cast<const char*>(tensor->bytes.data()), tensor->bytes.size());
  write_file(path, content);
}

}  // namespace rkt
