/// Options that several commands have. A command declares the ones it uses; all refuse a bad value in the
/// same words, RKT-5001. The references must outlive the parsing.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rkt/device.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace rkt::cli {

enum class Format { text, json };
enum class Verbosity { normal, quiet };

/// A model may also be the first argument where a command has no other arguments.
enum class ModelPlace { flag, flag_or_argument };

/// Texts as arguments, or the lines of a file; text_source.h reads them.
struct TextArguments {
  std::vector<std::string> texts;
  std::string input;  ///< A file, "-" for standard input, or empty.
};

void add_model(CLI::App& app, std::filesystem::path& model, ModelPlace place);
void add_device(CLI::App& app, DeviceOptions& device);
void add_texts(CLI::App& app, TextArguments& texts);
void add_output(CLI::App& app, std::string& output);
void add_format(CLI::App& app, Format& format);
void add_verbosity(CLI::App& app, Verbosity& verbosity);

/// `names` as CLI11 writes them: "-m,--model". Of several occurrences the last one counts.
CLI::Option* add_string(CLI::App& app, const std::string& names, std::string& value, const std::string& type,
                        const std::string& help);
CLI::Option* add_string(CLI::App& app, const std::string& names, std::optional<std::string>& value,
                        const std::string& type, const std::string& help);
CLI::Option* add_path(CLI::App& app, const std::string& names, std::filesystem::path& value,
                      const std::string& type, const std::string& help);
CLI::Option* add_integer(CLI::App& app, const std::string& names, int& value, int least,
                         const std::string& help);
CLI::Option* add_integer(CLI::App& app, const std::string& names, std::optional<int>& value, int least,
                         const std::string& help);
CLI::Option* add_cosine(CLI::App& app, const std::string& names, double& value, const std::string& help);

/// Index of `value` in `choices`; throws RKT-5001 with near matches.
size_t choose(std::string_view flag, const std::string& value, std::span<const std::string> choices);
/// Calls choose() when the flag is met and hands the index on.
CLI::Option* add_choice(CLI::App& app, const std::string& flag, std::vector<std::string> choices,
                        std::function<void(size_t)> chosen, const std::string& help);

/// Throws RKT-5001 if no model was given.
void require_model(const std::filesystem::path& model);

}  // namespace rkt::cli
