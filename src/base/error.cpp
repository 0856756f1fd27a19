#include "rkt/error.h"

#include <array>
#include <fmt/format.h>

#include "base/quote.h"

namespace rkt {
namespace {

// The switch has no default: an enumerator without a line here does not compile.
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wswitch"
constexpr ErrorInfo info_of(ErrorCode code) {
  using enum ErrorCode;
  switch (code) {
    case path_not_found:
      return {code, "path_not_found", "a file or directory does not exist"};
    case file_unreadable:
      return {code, "file_unreadable", "a file exists but cannot be read"};
    case json_invalid:
      return {code, "json_invalid", "a file is not valid JSON"};
    case config_invalid:
      return {code, "config_invalid", "a configuration value is missing, of the wrong type or out of range"};
    case architecture_unknown:
      return {code, "architecture_unknown", "the model's architecture is not one this version builds"};
    case weights_invalid:
      return {code, "weights_invalid", "a safetensors file is damaged"};
    case tensor_missing:
      return {code, "tensor_missing", "the weights lack a tensor, or it has another shape"};
    case tokenizer_invalid:
      return {code, "tokenizer_invalid", "a tokenizer.json is damaged or contradicts itself"};
    case feature_unsupported:
      return {code, "feature_unsupported", "a model uses a part this version does not know"};
    case self_test_missing:
      return {code, "self_test_missing", "a directory carries no self-test"};
    case utf8_invalid:
      return {code, "utf8_invalid", "a text is not valid UTF-8"};
    case input_invalid:
      return {code, "input_invalid", "an input line is not what its format asks for"};
    case text_too_long:
      return {code, "text_too_long", "a text has more tokens than the model's longest shape"};
    case truncation_impossible:
      return {code, "truncation_impossible", "a truncation strategy cannot reach the wanted length"};
    case device_unavailable:
      return {code, "device_unavailable", "the device asked for is not on this machine"};
    case device_failed:
      return {code, "device_failed", "the device's library reported a failure"};
    case artefact_mismatch:
      return {code, "artefact_mismatch", "an exported file is not the one its directory describes"};
    case self_test_failed:
      return {code, "self_test_failed", "the self-test's results differ from its reference"};
    case toolkit_missing:
      return {code, "toolkit_missing", "the toolkit's environment cannot be created"};
    case toolkit_version:
      return {code, "toolkit_version", "the toolkit has another version than this program needs"};
    case toolkit_failed:
      return {code, "toolkit_failed", "the toolkit failed for a reason this program does not know"};
    case operator_unsupported:
      return {code, "operator_unsupported", "the graph has an operator the NPU compiler cannot lower"};
    case platform_unknown:
      return {code, "platform_unknown", "the target platform does not exist"};
    case option_unsupported:
      return {code, "option_unsupported", "an export option is not available for this platform"};
    case graph_invalid:
      return {code, "graph_invalid", "the compiler cannot read the graph"};
    case output_unwritable:
      return {code, "output_unwritable", "an output file or directory cannot be written"};
    case length_out_of_range:
      return {code, "length_out_of_range", "a sequence length is outside the model's range"};
    case accuracy_too_low:
      return {code, "accuracy_too_low", "the compiled model differs too much from float32"};
    case cancelled:
      return {code, "cancelled", "the caller cancelled the work"};
    case usage:
      return {code, "usage", "the command line is not understood"};
  }
  return {code, {}, {}};  // a number between the codes
}
#pragma GCC diagnostic pop

constexpr int numbers = 10'000;  // RKT-0000 to RKT-9999

constexpr size_t count_codes() {
  size_t count = 0;
  for (int number = 0; number < numbers; ++number) count += info_of(ErrorCode{number}).name.empty() ? 0 : 1;
  return count;
}

constexpr auto make_catalogue() {
  std::array<ErrorInfo, count_codes()> catalogue{};
  size_t place = 0;
  for (int number = 0; number < numbers; ++number)
    if (const ErrorInfo info = info_of(ErrorCode{number}); !info.name.empty()) catalogue[place++] = info;
  return catalogue;
}

constexpr std::array catalogue = make_catalogue();

constexpr size_t longest_part = 4096;  // bytes of a message, where or hint; a path can have as many

std::string printable_part(const std::string& text) {
  return printable(shorten(text, longest_part));
}

}  // namespace

std::span<const ErrorInfo> error_catalogue() noexcept {
  return catalogue;
}

// Messages quote files that anybody may have written: what they hold must neither move the terminal's cursor
// nor look like lines of ours.
Error::Error(ErrorCode code, const std::string& message, const std::string& where, const std::string& hint)
    : std::runtime_error(fmt::format("RKT-{:04}: {}", static_cast<int>(code), printable_part(message))),
      code_(code),
      message_(printable_part(message)),
      where_(printable_part(where)),
      hint_(printable_part(hint)) {}

std::string Error::format() const {
  std::string text = what();
  if (!where_.empty()) text += "\n  where: " + where_;
  if (!hint_.empty()) text += "\n  hint:  " + hint_;
  return text;
}

}  // namespace rkt
