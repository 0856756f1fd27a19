#include "cli/options.h"

#include <CLI/CLI.hpp>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <sstream>

#include "rkt/error.h"

#include "cli/arguments.h"
#include "cli/suggest.h"

namespace rkt::cli {
namespace {

std::string long_name(const std::string& names) {
  return names.substr(names.find("--"), names.find(',', names.find("--")) - names.find("--"));
}

/// The library's own exception passes through the parser, so a bad value is told in our words.
CLI::Option* add_value(CLI::App& app, const std::string& names,
                       const std::function<void(const std::string&)>& take, const std::string& type,
                       const std::string& help) {
  return app
      .add_option_function<std::string>(
          names, [take](const std::string& value) { take(unprotected(value)); }, help)
      ->type_name(type)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

Error out_of_range(const std::string& flag, const std::string& range, const std::string& found) {
  return {ErrorCode::usage, fmt::format("{} takes {}; found '{}'", flag, range, found)};
}

int integer(const std::string& text, const std::string& flag, int least) {
  int value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, value);
  if (failure != std::errc{} || stop != end || value < least)
    throw out_of_range(flag, fmt::format("a whole number, {} or more", least), text);
  return value;
}

}  // namespace

CLI::Option* add_string(CLI::App& app, const std::string& names, std::string& value, const std::string& type,
                        const std::string& help) {
  return add_value(
      app, names, [&value](const std::string& text) { value = text; }, type, help);
}

CLI::Option* add_string(CLI::App& app, const std::string& names, std::optional<std::string>& value,
                        const std::string& type, const std::string& help) {
  return add_value(
      app, names, [&value](const std::string& text) { value = text; }, type, help);
}

CLI::Option* add_path(CLI::App& app, const std::string& names, std::filesystem::path& value,
                      const std::string& type, const std::string& help) {
  return add_value(
      app, names, [&value](const std::string& text) { value = text; }, type, help);
}

CLI::Option* add_integer(CLI::App& app, const std::string& names, int& value, int least,
                         const std::string& help) {
  const auto take = [&value, least, flag = long_name(names)](const std::string& text) {
    value = integer(text, flag, least);
  };
  return add_value(app, names, take, "N", help);
}

CLI::Option* add_integer(CLI::App& app, const std::string& names, std::optional<int>& value, int least,
                         const std::string& help) {
  const auto take = [&value, least, flag = long_name(names)](const std::string& text) {
    value = integer(text, flag, least);
  };
  return add_value(app, names, take, "N", help);
}

CLI::Option* add_cosine(CLI::App& app, const std::string& names, double& value, const std::string& help) {
  const auto take = [&value, flag = long_name(names)](const std::string& text) {
    std::istringstream stream(text);
    stream.imbue(std::locale::classic());
    const bool read =
        static_cast<bool>(stream >> value) && stream.peek() == std::istringstream::traits_type::eof();
    if (!read || !(std::abs(value) <= 1)) throw out_of_range(flag, "a number, -1 to 1", text);
  };
  return add_value(app, names, take, "X", help);
}

size_t choose(std::string_view flag, const std::string& value, std::span<const std::string> choices) {
  for (size_t i = 0; i < choices.size(); ++i)
    if (choices[i] == value) return i;
  throw Error(ErrorCode::usage, fmt::format("{} takes {}; found '{}'", flag, fmt::join(choices, ", "), value),
              {}, did_you_mean(value, choices));
}

CLI::Option* add_choice(CLI::App& app, const std::string& flag, std::vector<std::string> choices,
                        std::function<void(size_t)> chosen, const std::string& help) {
  const std::string type = fmt::format("{}", fmt::join(choices, "|"));
  const auto take = [flag, choices = std::move(choices), chosen = std::move(chosen)](
                        const std::string& text) { chosen(choose(flag, text, choices)); };
  return add_value(app, flag, take, type, help);
}

void add_model(CLI::App& app, std::filesystem::path& model, ModelPlace place) {
  add_path(app, place == ModelPlace::flag ? "-m,--model" : "-m,--model,DIR", model, "DIR",
           "Model directory: config.json, tokenizer.json, safetensors");
}

void add_device(CLI::App& app, DeviceOptions& device) {
  constexpr std::array kinds{DeviceKind::automatic, DeviceKind::npu, DeviceKind::cpu};
  add_choice(
      app, "--device", {"auto", "npu", "cpu"}, [&device, kinds](size_t i) { device.device = kinds.at(i); },
      "Where the model runs; auto says on standard error what it took and why, npu never falls back");
  add_integer(app, "--threads", device.threads, 0, "CPU threads; 0, the default, is all cores");
}

void add_texts(CLI::App& app, TextArguments& texts) {
  app.add_option_function<std::vector<std::string>>(
         "TEXT",
         [&texts](const std::vector<std::string>& values) {
           for (const std::string& value : values) texts.texts.push_back(unprotected(value));
         },
         "Texts; after '--' they may begin with a dash")
      ->type_name("");
  add_string(app, "--input", texts.input, "FILE|-",
             "Texts, one a line; of a .jsonl file the string \"text\" of each line");
}

void add_output(CLI::App& app, std::string& output) {
  add_string(app, "--output", output, "FILE|-",
             "Where the result goes; '-', the default, is standard output");
}

void add_format(CLI::App& app, Format& format) {
  app.add_flag_callback(
      "--json", [&format] { format = Format::json; }, "Results for programs, as JSON");
}

void add_verbosity(CLI::App& app, Verbosity& verbosity) {
  app.add_flag_callback(
      "--quiet", [&verbosity] { verbosity = Verbosity::quiet; }, "Nothing on standard error but errors");
}

void require_model(const std::filesystem::path& model) {
  if (model.empty()) throw Error(ErrorCode::usage, "no model", {}, "give one with --model DIR");
}

}  // namespace rkt::cli
