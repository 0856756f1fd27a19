/// Every failure of the library, as one exception type with a stable code.
///     try { rkt::Embedder model(dir); } catch (const rkt::Error& e) { std::cerr << e.format() << '\n'; }
/// The catalogue with causes and remedies: docs/errors.md.
#pragma once
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace rkt {

/// Stable numbers, printed as RKT-nnnn; one is never reused for another meaning.
/// 1xxx model files, 2xxx texts, 3xxx devices, 4xxx export, 5xxx usage.
enum class ErrorCode : int {
  path_not_found = 1001,
  file_unreadable = 1002,
  json_invalid = 1003,
  config_invalid = 1004,
  architecture_unknown = 1005,
  weights_invalid = 1006,
  tensor_missing = 1007,
  tokenizer_invalid = 1008,
  feature_unsupported = 1009,
  self_test_missing = 1010,
  utf8_invalid = 2001,
  input_invalid = 2002,
  text_too_long = 2003,
  truncation_impossible = 2004,
  device_unavailable = 3001,
  device_failed = 3002,
  artefact_mismatch = 3003,
  self_test_failed = 3004,
  toolkit_missing = 4001,
  toolkit_version = 4002,
  toolkit_failed = 4003,
  operator_unsupported = 4004,
  platform_unknown = 4005,
  option_unsupported = 4006,
  graph_invalid = 4007,
  output_unwritable = 4008,
  length_out_of_range = 4009,
  accuracy_too_low = 4010,
  cancelled = 4011,
  usage = 5001,
};

/// What is known of a code without an occurrence.
struct ErrorInfo {
  ErrorCode code;
  std::string_view name;     ///< The enumerator's name.
  std::string_view meaning;  ///< One line, lower case, no full stop.
};

/// All codes in ascending order.
std::span<const ErrorInfo> error_catalogue() noexcept;

/// Thrown by every function of the library that can fail. Immutable after construction.
class Error : public std::runtime_error {
 public:
  /// `message` says what was found and what was expected; `where` names the file or stage; `hint` the next
  /// step.
  Error(ErrorCode code, const std::string& message, const std::string& where = {},
        const std::string& hint = {});

  ErrorCode code() const noexcept { return code_; }
  const std::string& message() const noexcept { return message_; }
  const std::string& where() const noexcept { return where_; }
  const std::string& hint() const noexcept { return hint_; }

  /// "RKT-nnnn: message", then "  where: …" and "  hint:  …" on lines of their own if known.
  std::string format() const;

 private:
  ErrorCode code_;
  std::string message_, where_, hint_;
};

}  // namespace rkt
