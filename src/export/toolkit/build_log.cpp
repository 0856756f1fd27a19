#include "export/toolkit/build_log.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace rkt {
namespace {

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  size_t position = 0;
  while ((position = line.find_first_not_of(" \t", position)) != std::string_view::npos) {
    const size_t end = std::min(line.find_first_of(" \t", position), line.size());
    words.push_back(line.substr(position, end - position));
    position = end;
  }
  return words;
}

/// All of `text` as a number. The bound is far beyond any device and keeps sums of damaged rows from
/// overflowing.
template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
  constexpr auto largest = Number{1'000'000'000'000};
  Number value{};
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (!(value >= Number{} && value <= largest)) return std::nullopt;
  return value;
}

/// The last of "ddr/npu/total".
std::optional<int64_t> parse_cycles(std::string_view text) {
  if (std::count(text.begin(), text.end(), '/') != 2) return std::nullopt;
  if (text.find_first_not_of("0123456789/") != std::string_view::npos) return std::nullopt;
  return parse_whole<int64_t>(text.substr(text.rfind('/') + 1));
}

/// "D RKNN: [time] " in front of everything the C compiler says.
std::optional<std::string_view> after_stamp(std::string_view line) {
  const size_t mark = line.find(" RKNN: [");
  if (mark != 1) return std::nullopt;
  const size_t end = line.find("] ", mark);
  if (end == std::string_view::npos) return std::nullopt;
  return line.substr(end + 2);
}

/// Columns: id, type, dtype, target, input shapes, output shapes, cycles, [ratio of sparsity, may be empty],
/// RW, name. Cycles are looked for by their slashes and the rest is counted from there, for shapes are
/// sometimes absent.
std::optional<OperatorRow> parse_row(std::string_view line) {
  const auto words = words_of(line);
  if (words.size() < 7 || !parse_whole<int64_t>(words[0])) return std::nullopt;
  OperatorRow row;
  row.op_type = words[1];
  row.dtype = words[2];
  if (words[3] != "NPU" && words[3] != "CPU") return std::nullopt;
  row.target = words[3] == "NPU" ? OperatorTarget::npu : OperatorTarget::cpu;
  for (size_t i = 4; i + 2 < words.size(); ++i) {
    const auto cycles = parse_cycles(words[i]);
    if (!cycles) continue;
    auto traffic = parse_whole<int64_t>(words[i + 1]);
    size_t name = i + 2;
    if (i + 3 < words.size() && (!traffic || words[i + 1].ends_with('%'))) {
      traffic = parse_whole<int64_t>(words[i + 2]);
      name = i + 3;
    }
    if (!traffic) return std::nullopt;
    row.cycles = *cycles;
    row.rw_kb = static_cast<double>(*traffic);
    row.name = line.substr(static_cast<size_t>(words[name].data() - line.data()));
    row.name.erase(row.name.find_last_not_of(" \t") + 1);
    return row;
  }
  return std::nullopt;
}

/// "Total Weight Memory Size: 20849.5KB"; 0 if it is not that.
double parse_memory(std::string_view text, std::string_view title) {
  if (!text.starts_with(title)) return 0;
  text.remove_prefix(title.size());
  text.remove_prefix(std::min(text.find_first_not_of(" :"), text.size()));
  const size_t unit = text.find("KB");
  if (unit == std::string_view::npos) return 0;
  return parse_whole<double>(text.substr(0, unit)).value_or(0);
}

void add(BuildReport& report, OperatorRow row) {
  if (row.op_type == "InputOperator" || row.op_type == "OutputOperator") return;
  report.rw_kb += row.rw_kb;
  report.cycles += row.cycles;
  ++(row.target == OperatorTarget::npu ? report.npu_operators : report.cpu_operators);
  report.operators.push_back(std::move(row));
}

bool is_complaint(std::string_view line) {
  return line.starts_with("E ") && line.find("rknn-toolkit2 version") == std::string_view::npos;
}

BuildReport with_warnings(std::vector<std::string> warnings) {
  BuildReport report;
  report.warnings = std::move(warnings);
  return report;
}

}  // namespace

BuildReport parse_build_log(std::string_view log) {
  const std::string text = plain_text(log);
  BuildReport report;
  for (const std::string_view line : split_lines(text)) {
    if (is_complaint(line) &&
        std::find(report.warnings.begin(), report.warnings.end(), line) == report.warnings.end())
      report.warnings.emplace_back(line);
    const auto content = after_stamp(line);
    if (!content) continue;
    const auto words = words_of(*content);
    if (words.size() > 3 && words[0] == "ID" && words[1] == "OpType" && words[3] == "Target")
      report = with_warnings(std::move(report.warnings));
    if (auto row = parse_row(*content)) add(report, std::move(*row));
    if (const double kb = parse_memory(*content, "Total Internal Memory Size"); kb > 0)
      report.internal_kb = kb;
    if (const double kb = parse_memory(*content, "Total Weight Memory Size"); kb > 0) report.weight_kb = kb;
  }
  return report;
}

std::string plain_text(std::string_view log) {
  std::string text;
  text.reserve(log.size());
  for (size_t i = 0; i < log.size(); ++i) {
    if (log[i] == '\r') {
      text += '\n';
    } else if (log[i] == '\x1b' && i + 1 < log.size() && log[i + 1] == '[') {
      const size_t end = log.find_first_not_of("0123456789;", i + 2);
      i = std::min(end, log.size() - 1);
    } else {
      text += log[i];
    }
  }
  return text;
}

std::string last_lines(std::string_view text, int count) {
  std::vector<std::string_view> kept;
  for (const std::string_view line : split_lines(text))
    if (line.find_first_not_of(" \t") != std::string_view::npos) kept.push_back(line);
  std::string result;
  for (size_t i = kept.size() - std::min(kept.size(), static_cast<size_t>(count)); i < kept.size(); ++i) {
    if (!result.empty()) result += '\n';
    result += kept[i];
  }
  return result;
}

}  // namespace rkt
