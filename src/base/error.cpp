#include "rkt/error.h"

#include <array>
#include <fmt/format.h>

namespace rkt {
namespace {

using enum ErrorCode;
constexpr std::array catalogue{
    ErrorInfo{path_not_found, "path_not_found", "a file or directory does not exist"},
    ErrorInfo{file_unreadable, "file_unreadable", "a file exists but cannot be read"},
    ErrorInfo{json_invalid, "json_invalid", "a file is not valid JSON"},
    ErrorInfo{config_invalid, "config_invalid",
              "a configuration value is missing, of the wrong type or out of range"},
    ErrorInfo{architecture_unknown, "architecture_unknown",
              "the model's architecture is not one this version builds"},
    ErrorInfo{weights_invalid, "weights_invalid", "a safetensors file is damaged"},
    ErrorInfo{tensor_missing, "tensor_missing", "the weights lack a tensor, or it has another shape"},
    ErrorInfo{tokenizer_invalid, "tokenizer_invalid", "a tokenizer.json is damaged or contradicts itself"},
    ErrorInfo{feature_unsupported, "feature_unsupported", "a model uses a part this version does not know"},
    ErrorInfo{self_test_missing, "self_test_missing", "a directory carries no self-test"},
    ErrorInfo{utf8_invalid, "utf8_invalid", "a text is not valid UTF-8"},
    ErrorInfo{input_invalid, "input_invalid", "an input line is not what its format asks for"},
    ErrorInfo{text_too_long, "text_too_long", "a text has more tokens than the model's longest shape"},
    ErrorInfo{truncation_impossible, "truncation_impossible",
              "a truncation strategy cannot reach the wanted length"},
    ErrorInfo{device_unavailable, "device_unavailable", "the device asked for is not on this machine"},
    ErrorInfo{device_failed, "device_failed", "the device's library reported a failure"},
    ErrorInfo{artefact_mismatch, "artefact_mismatch",
              "an exported file is not the one its directory describes"},
    ErrorInfo{self_test_failed, "self_test_failed", "the self-test's results differ from its reference"},
    ErrorInfo{toolkit_missing, "toolkit_missing", "the toolkit's environment cannot be created"},
    ErrorInfo{toolkit_version, "toolkit_version", "the toolkit has another version than this program needs"},
    ErrorInfo{toolkit_failed, "toolkit_failed", "the toolkit failed for a reason this program does not know"},
    ErrorInfo{operator_unsupported, "operator_unsupported",
              "the graph has an operator the NPU compiler cannot lower"},
    ErrorInfo{platform_unknown, "platform_unknown", "the target platform does not exist"},
    ErrorInfo{option_unsupported, "option_unsupported",
              "an export option is not available for this platform"},
    ErrorInfo{graph_invalid, "graph_invalid", "the compiler cannot read the graph"},
    ErrorInfo{output_unwritable, "output_unwritable", "an output file or directory cannot be written"},
    ErrorInfo{length_out_of_range, "length_out_of_range", "a sequence length is outside the model's range"},
    ErrorInfo{accuracy_too_low, "accuracy_too_low", "the compiled model differs too much from float32"},
    ErrorInfo{cancelled, "cancelled", "the caller cancelled the work"},
    ErrorInfo{usage, "usage", "the command line is not understood"},
};

}  // namespace

std::span<const ErrorInfo> error_catalogue() noexcept {
  return catalogue;
}

Error::Error(ErrorCode code, const std::string& message, std::string where, std::string hint)
    : std::runtime_error(fmt::format("RKT-{:04}: {}", static_cast<int>(code), message)),
      code_(code),
      message_(message),
      where_(std::move(where)),
      hint_(std::move(hint)) {}

std::string Error::format() const {
  std::string text = what();
  if (!where_.empty()) text += "\n  where: " + where_;
  if (!hint_.empty()) text += "\n  hint:  " + hint_;
  return text;
}

}  // namespace rkt
