#include "cli/python_flags.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string_view>

#include "rkt/error.h"

#include "cli/arguments.h"

namespace rkt::cli {
namespace {

struct Spelling {
  std::string_view python, ours;
};

constexpr std::array spellings{
    Spelling{"-msl", "--max-seq-length"},  Spelling{"-bs", "--batch-size"},
    Spelling{"-fa", "--flash-attention"},  Spelling{"-dt", "--dtype"},
    Spelling{"-qm", "--quantized-method"}, Spelling{"-dsb", "--dataset-subset"},
    Spelling{"-dsz", "--dataset-size"},    Spelling{"-dsp", "--dataset-split"},
    Spelling{"-dc", "--dataset-columns"},
};

/// `names` as CLI11 takes them, `shown` as the Python tool's help spells them.
struct Missing {
  const char* names;
  std::string_view shown, hint;
};

constexpr std::string_view float16 = "leave the flag out: this version exports float16";
constexpr std::string_view defaults = "leave the flag out: this version keeps the compiler's default";
constexpr std::string_view no_hub =
    "leave the flag out and upload the output directory with the Hub's own tools";

constexpr std::array missing_flags{
    Missing{"-q,--quantize", "-q/--quantize", float16},
    Missing{"--dtype", "-dt/--dtype", float16},
    Missing{"-a,--algorithm", "-a/--algorithm", float16},
    Missing{"--quantized-method", "-qm/--quantized-method", float16},
    Missing{"--auto-hybrid-cos-thresh", "--auto-hybrid-cos-thresh", float16},
    Missing{"--auto-hybrid-euc-thresh", "--auto-hybrid-euc-thresh", float16},
    Missing{"-d,--dataset", "-d/--dataset", float16},
    Missing{"--dataset-subset", "-dsb/--dataset-subset", float16},
    Missing{"--dataset-size", "-dsz/--dataset-size", float16},
    Missing{"--dataset-split", "-dsp/--dataset-split", float16},
    Missing{"--dataset-columns", "-dc/--dataset-columns", float16},
    Missing{"--flash-attention", "-fa/--flash-attention", defaults},
    Missing{"--compress-weight", "--compress-weight", defaults},
    Missing{"--single-core-mode", "--single-core-mode", defaults},
    Missing{"--enable-custom-kernels", "--enable-custom-kernels",
            "leave the flag out: the exported graph needs no custom kernels"},
    Missing{"--task-kwargs", "--task-kwargs", "leave the flag out: feature-extraction has no arguments"},
    Missing{"--model-inputs", "--model-inputs", "leave the flag out: the inputs follow from the model"},
    Missing{"--push-to-hub", "--push-to-hub", no_hub},
    Missing{"--model-id", "--model-id", no_hub},
    Missing{"--token", "--token", no_hub},
    Missing{"--private-repo", "--private-repo", no_hub},
    Missing{"--create-pr", "--create-pr", no_hub},
    Missing{"--seq-lengths", "--seq-lengths", "export once for each length with --max-seq-length"},
};

Error not_in_this_version(std::string_view flag, std::string_view hint) {
  return {ErrorCode::option_unsupported, fmt::format("{} is not in this version", flag), "export",
          std::string(hint)};
}

void add_fixed(CLI::App& app, const std::string& flag, const std::vector<std::string>& values,
               const std::string& type, const std::string& hint, const std::string& help) {
  app.add_option_function<std::string>(
         flag,
         [=](const std::string& text) {
           const std::string value = unprotected(text);
           if (std::find(values.begin(), values.end(), value) == values.end())
             throw not_in_this_version(fmt::format("{} {}", flag, value), hint);
         },
         help)
      ->type_name(type)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

}  // namespace

void rewrite_python_flags(std::vector<std::string>& arguments) {
  for (std::string& argument : arguments) {
    if (argument == "--") return;
    const std::string_view flag = std::string_view(argument).substr(0, argument.find('='));
    for (const Spelling& spelling : spellings)
      if (flag == spelling.python) {
        argument.replace(0, flag.size(), spelling.ours);
        break;
      }
  }
}

void add_python_flags(CLI::App& app) {
  add_fixed(app, "--batch-size", {"1"}, "1",
            "a compiled shape has one row; texts share it with --row-sharing allowed",
            "Rows of the compiled shape; also -bs");
  add_fixed(app, "--task", {"auto", "feature-extraction"}, "auto|feature-extraction",
            "this version exports feature-extraction, for embeddings", "What the model is for");
  add_fixed(app, "--opset", {"19"}, "19", "this version writes opset 19", "Version of the ONNX operators");
  for (const Missing& flag : missing_flags)
    app.add_option_function<std::vector<std::string>>(
           flag.names,
           [flag](const std::vector<std::string>&) { throw not_in_this_version(flag.shown, flag.hint); })
        ->expected(0, 1)
        ->group("");
}

}  // namespace rkt::cli
