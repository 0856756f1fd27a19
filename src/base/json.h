/// JSON documents with errors that name the file and the path inside it.
#pragma once
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rkt/error.h"

namespace rkt {

using Json = nlohmann::ordered_json;  // ordered: files that we rewrite keep their authors' order

/// What to do with a key that occurs twice in one object.
enum class DuplicateKeys { last_wins, refuse };

/// Parses at most 64 levels deep, in time proportional to the text. `where` names the source in errors.
/// Throws RKT-1003.
Json parse_json(std::string_view text, const std::string& where,
                DuplicateKeys duplicates = DuplicateKeys::last_wins);

/// Reads and parses a file. Throws RKT-1001, RKT-1002 unreadable or larger than `limit` bytes, RKT-1003.
/// The default is twice the tokenizer.json of the largest vocabularies.
Json read_json(const std::filesystem::path& path, size_t limit = size_t{64} << 20U);

/// One object of a document, with the name of its place ("config.json", "tokenizer.json: model").
/// Every getter throws the view's error code when the value is missing or of the wrong type.
class JsonView {
 public:
  /// Refers to `value`, which must outlive it.
  JsonView(const Json& value, std::string where, ErrorCode error_code);
  JsonView(Json&& value, std::string where, ErrorCode error_code) = delete;

  const Json& value() const noexcept { return *value_; }
  const std::string& where() const noexcept { return where_; }

  bool has(const std::string& key) const;  ///< Present and not null.
  JsonView object(const std::string& key) const;
  const Json& array(const std::string& key) const;
  std::string string(const std::string& key) const;
  std::string string_or(const std::string& key, std::string fallback) const;
  bool boolean(const std::string& key) const;
  bool boolean_or(const std::string& key, bool fallback) const;
  int64_t integer(const std::string& key, int64_t low, int64_t high) const;  ///< low <= value <= high.
  int64_t integer_or(const std::string& key, int64_t fallback, int64_t low, int64_t high) const;
  double number_or(const std::string& key, double fallback) const;

  [[noreturn]] void fail(const std::string& problem) const;

 private:
  const Json& at(const std::string& key, const char* type) const;

  const Json* value_;
  std::string where_;
  ErrorCode error_code_;
};

}  // namespace rkt
