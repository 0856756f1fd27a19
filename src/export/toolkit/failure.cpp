#include "export/toolkit/failure.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <vector>

#include "base/near_match.h"
#include "export/toolkit/build_log.h"

namespace rkt {
namespace {

/// The platforms that have an NPU for these graphs; the toolkit knows smaller ones too.
const std::array<std::string, 5> platforms{"rk3562", "rk3566", "rk3568", "rk3576", "rk3588"};

/// What stands between two marks, or nothing if one of them is missing.
std::optional<std::string> between(std::string_view text, std::string_view before, std::string_view after) {
  const size_t mark = text.find(before);
  if (mark == std::string_view::npos) return std::nullopt;
  const size_t begin = mark + before.size();
  const size_t end = text.find(after, begin);
  if (end == std::string_view::npos) return std::nullopt;
  return std::string(text.substr(begin, end - begin));
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// Python writes an exception as its last unindented "Type: text"; the text may go over several lines.
std::string last_exception(std::string_view text) {
  size_t found = std::string_view::npos;
  for (size_t line = 0; line < text.size();) {
    const size_t end = std::min(text.find('\n', line), text.size());
    const std::string_view content = text.substr(line, end - line);
    const size_t colon = content.find(": ");
    const std::string_view name = content.substr(0, colon);
    if (colon != std::string_view::npos && (name.ends_with("Error") || name.ends_with("Exception")) &&
        name.find(' ') == std::string_view::npos)
      found = line + colon + 2;
    line = end + 1;
  }
  std::string result(found == std::string_view::npos ? last_lines(text, 1) : text.substr(found));
  result.erase(std::min(result.find_last_not_of(" \n\t") + 1, result.size()));
  return result;
}

/// The reason behind a bare return code: the last line that is marked as an error, without its mark.
std::string last_complaint(std::string_view log) {
  std::string result;
  for (const std::string& line : parse_build_log(log).warnings) result = line.substr(2);
  return result;
}

/// 'a', 'b' of a Python list.
std::vector<std::string> quoted_names(std::string_view list) {
  std::vector<std::string> names;
  while (const auto name = between(list, "'", "'")) {
    names.push_back(*name);
    list.remove_prefix(list.find('\'') + name->size() + 2);
  }
  return names;
}

std::string see(const FailureContext& context) {
  return fmt::format("the toolkit's log is '{}'", context.log.string());
}

std::string both(const std::string& hint, const FailureContext& context) {
  return hint.empty() ? see(context) : hint + "; " + see(context);
}

std::optional<Error> unknown_platform(const std::string& text, const FailureContext& context) {
  const auto name = between(text, "Invalid target_platform '", "'");
  if (!name) return std::nullopt;
  const std::string near = did_you_mean(*name, platforms);
  return Error(ErrorCode::platform_unknown,
               fmt::format("no such platform: '{}'; known are {}", *name, fmt::join(platforms, ", ")),
               "config", both(near, context));
}

std::optional<Error> unsupported_option(const std::string& text, const FailureContext& context) {
  if (const auto dtype = between(text, "The quantized_dtype = '", "' not support"))
    return Error(ErrorCode::option_unsupported,
                 fmt::format("quantized dtype '{}' is not available on {}", *dtype, context.platform),
                 "config", both("w8a8 is available on every platform; or export in float16", context));
  if (const auto key = between(text, "\n '", "' is not support!")) {
    const auto valid = quoted_names(between(text, "Valid input is [", "]").value_or(""));
    return Error(ErrorCode::option_unsupported, fmt::format("the toolkit has no option '{}'", *key), "config",
                 both(did_you_mean(*key, valid), context));
  }
  if (const auto key = between(text, "Valid input is [", "' is not support!"))
    return Error(ErrorCode::option_unsupported,
                 fmt::format("the toolkit has no option '{}'", key->substr(key->rfind('\'') + 1)), "config",
                 see(context));
  if (const auto choice = between(text, ": Invalid ", "\n"); choice && contains(*choice, "expect in"))
    return Error(ErrorCode::option_unsupported,
                 fmt::format("the toolkit refuses an option: invalid {}", *choice), "config", see(context));
  return std::nullopt;
}

std::optional<Error> unreadable_graph(const std::string& text, const DriverError& error,
                                      const FailureContext& context) {
  if (contains(text, "DecodeError") || contains(text, "Error parsing message"))
    return Error(ErrorCode::graph_invalid, "the file is not an ONNX model, or it is damaged", error.stage,
                 both("write or download it again", context));
  if (const auto op = between(text, "No Op registered for ", " "))
    return Error(ErrorCode::graph_invalid,
                 fmt::format("the graph has an operator that ONNX does not define in its opset: {}", *op),
                 error.stage, both("export it with opset 14 to 19 and without custom operators", context));
  for (const std::string_view list : {"inputs", "outputs"})
    if (const auto name = between(text, "The '", fmt::format("' in {}=[", list)))
      if (contains(text, "is invalid!"))
        return Error(ErrorCode::graph_invalid,
                     fmt::format("the graph has no tensor '{}', which was named among its {}", *name, list),
                     error.stage,
                     both("the names are those of the ONNX file's own inputs and outputs", context));
  if (contains(text, "invalid expand shape"))
    return Error(ErrorCode::graph_invalid,
                 "the input shapes contradict the graph: an Expand node cannot follow", error.stage,
                 both("a sequence length beyond the model's positions does this", context));
  if (const auto path = between(text, "Model file ", " not exists!"))
    return Error(ErrorCode::path_not_found, fmt::format("no such file or directory: '{}'", *path),
                 error.stage, see(context));
  if (contains(text, "is invalid (wrong magic)"))
    return Error(ErrorCode::graph_invalid, "the .rknn file is damaged: it does not begin as one", error.stage,
                 both("export it again", context));
  return std::nullopt;
}

std::optional<Error> missing_dataset(const std::string& text, const FailureContext& context) {
  if (!contains(text, "dataset file need be provided")) return std::nullopt;
  return Error(ErrorCode::toolkit_failed, "quantisation needs calibration texts and was given none", "build",
               both("name a data set", context));
}

}  // namespace

Error explain_failure(const DriverError& error, std::string_view log, const FailureContext& context) {
  const std::string text = "\n" + error.message + "\n" + plain_text(log);
  if (auto known = unknown_platform(text, context)) return *known;
  if (error.stage == "config")
    if (auto known = unsupported_option(text, context)) return *known;
  if (auto known = unreadable_graph(text, error, context)) return *known;
  if (auto known = missing_dataset(text, context)) return *known;
  if (error.kind == "MemoryError" || contains(error.message, "Unable to allocate"))
    return {ErrorCode::toolkit_failed, "the toolkit ran out of memory", error.stage,
            both("a shorter sequence length or a machine with more memory may do", context)};
  if (error.stage == "export")
    return {ErrorCode::output_unwritable,
            fmt::format("the .rknn cannot be written: {}", last_exception(error.message)), error.stage,
            see(context)};
  if (error.kind == "return_code") {
    const std::string complaint = last_complaint(log);
    return {ErrorCode::toolkit_failed,
            complaint.empty() ? error.message : fmt::format("{}: {}", error.message, complaint), error.stage,
            see(context)};
  }
  return {ErrorCode::toolkit_failed, fmt::format("{}: {}", error.kind, last_exception(error.message)),
          error.stage, see(context)};
}

std::optional<Error> find_hidden_failure(std::string_view log, const FailureContext& context) {
  const std::string text = plain_text(log);
  std::vector<std::string> operators;
  std::string_view rest = text;
  while (const auto line = between(rest, "No lowering found for: ", "\n")) {
    const std::string node = line->substr(0, line->find(','));
    const std::string type = between(*line + ",", "node type = ", ",").value_or("?");
    const std::string entry = fmt::format("{} ({})", type, node);
    if (std::find(operators.begin(), operators.end(), entry) == operators.end()) operators.push_back(entry);
    rest.remove_prefix(rest.find("No lowering found for: ") + 1);
  }
  if (!operators.empty())
    return Error(ErrorCode::operator_unsupported,
                 fmt::format("{} operator{} of the graph cannot run on {}: {}", operators.size(),
                             operators.size() == 1 ? "" : "s", context.platform, fmt::join(operators, ", ")),
                 "build", both("replace them by operators the platform has", context));
  if (const auto thread = between(text, "Exception in thread ", "\n"))
    return Error(
        ErrorCode::toolkit_failed,
        fmt::format("a worker of the toolkit failed, so that its result is not what was asked for: {}",
                    last_exception(std::string_view(text).substr(text.find("Exception in thread ")))),
        "build", see(context));
  if (const auto level = between(text, "Invalid optimization_level '", "'"))
    return Error(ErrorCode::option_unsupported,
                 fmt::format("no such optimisation level: '{}'; 0 to 3 are known", *level), "config",
                 see(context));
  return std::nullopt;
}

}  // namespace rkt
