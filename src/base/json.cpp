#include "base/json.h"

#include <fmt/format.h>

#include "rkt/error.h"

#include "base/files.h"
#include "base/quote.h"

namespace rkt {

Json read_json(const std::filesystem::path& path, size_t limit) {
  return parse_json(read_file(path, limit), path.string());
}

JsonView::JsonView(const Json& value, std::string where, ErrorCode error_code)
    : value_(&value), where_(std::move(where)), error_code_(error_code) {
  if (!value.is_object()) fail(fmt::format("found {} where an object is expected", value.type_name()));
}

void JsonView::fail(const std::string& problem) const {
  throw Error(error_code_, problem, where_);
}

bool JsonView::has(const std::string& key) const {
  const auto found = value_->find(key);
  return found != value_->end() && !found->is_null();
}

const Json& JsonView::at(const std::string& key, const char* type) const {
  const auto found = value_->find(key);
  if (found == value_->end()) fail(fmt::format("'{}' is missing ({} expected)", key, type));
  return *found;
}

JsonView JsonView::object(const std::string& key) const {
  return {at(key, "an object"), where_ + ": " + shorten(key), error_code_};
}

const Json& JsonView::array(const std::string& key) const {
  const Json& found = at(key, "an array");
  if (!found.is_array()) fail(fmt::format("'{}' is {}, an array is expected", key, found.type_name()));
  return found;
}

std::string JsonView::string(const std::string& key) const {
  const Json& found = at(key, "a string");
  if (!found.is_string()) fail(fmt::format("'{}' is {}, a string is expected", key, found.type_name()));
  return found.get<std::string>();
}

std::string JsonView::string_or(const std::string& key, std::string fallback) const {
  return has(key) ? string(key) : std::move(fallback);
}

bool JsonView::boolean(const std::string& key) const {
  const Json& found = at(key, "true or false");
  if (!found.is_boolean()) fail(fmt::format("'{}' is {}, true or false is expected", key, found.type_name()));
  return found.get<bool>();
}

bool JsonView::boolean_or(const std::string& key, bool fallback) const {
  return has(key) ? boolean(key) : fallback;
}

int64_t JsonView::integer(const std::string& key, int64_t low, int64_t high) const {
  const Json& found = at(key, "an integer");
  if (!found.is_number_integer())
    fail(fmt::format("'{}' is {}, an integer is expected", key,
                     found.is_number() ? found.dump() : found.type_name()));
  const bool huge = found.is_number_unsigned() && found.get<uint64_t>() > static_cast<uint64_t>(INT64_MAX);
  if (huge || found.get<int64_t>() < low || found.get<int64_t>() > high)
    fail(fmt::format("'{}' is {}, {}..{} is expected", key, found.dump(), low, high));
  return found.get<int64_t>();
}

int64_t JsonView::integer_or(const std::string& key, int64_t fallback, int64_t low, int64_t high) const {
  return has(key) ? integer(key, low, high) : fallback;
}

double JsonView::number_or(const std::string& key, double fallback) const {
  if (!has(key)) return fallback;
  const Json& found = at(key, "a number");
  if (!found.is_number()) fail(fmt::format("'{}' is {}, a number is expected", key, found.type_name()));
  return found.get<double>();
}

}  // namespace rkt
