// The export path in one screen: model directory → graph → compiler → simulator → directory.
#include "rkt/exporter.h"

#include <chrono>
#include <fmt/format.h>

#include "rkt/version.h"

#include "engine/encoder.h"
#include "engine/stopwatch.h"
#include "engine/windows.h"
#include "export/build_facts.h"
#include "export/output_directory.h"
#include "export/platforms.h"
#include "export/rknn_entry.h"
#include "export/self_test.h"
#include "export/simulator_check.h"
#include "export/toolkit_log.h"
#include "graph/bert_encoder.h"

namespace rkt {
namespace fs = std::filesystem;
namespace {

void check_options(const ExportOptions& options) {
  if (options.optimization_level < 0 || options.optimization_level > 3)
    throw Error(
        ErrorCode::option_unsupported,
        fmt::format("optimisation level {} does not exist; there are 0..3", options.optimization_level),
        "export");
  if (!(options.min_cosine >= -1 && options.min_cosine <= 1))
    throw Error(ErrorCode::option_unsupported,
                fmt::format("a minimal cosine of {} was asked for; there are -1..1", options.min_cosine),
                "export");
}

GraphForm npu_form(const Platform& platform, RowSharing sharing, int length) {
  const MaskForm mask = sharing == RowSharing::allowed ? MaskForm::packed : MaskForm::per_text;
  return {GraphLayout::channels, mask, platform.mask_axes, 1, length};
}

// The texts of the self-test, cut to the compiled length.
std::vector<Encoding> encode_self_test(const Encoder& encoder, const std::vector<std::string>& texts,
                                       int length) {
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  return encode_windows(encoder.tokenizer(), views, length, Overflow::truncate).owned;
}

ExportReport run_export(const ExportOptions& options, const ExportProgress& progress,
                        const std::atomic<bool>* cancel) {
  const auto stage = [&](std::string_view name) {
    if (cancel != nullptr && cancel->load())
      throw Error(ErrorCode::cancelled, "the export was cancelled", "export");
    if (progress) progress(name, std::nullopt);
  };
  ExportReport report;
  const auto start = std::chrono::steady_clock::now();
  check_options(options);
  const Platform& platform = find_platform(options.platform);
  const RowSharing sharing = options.row_sharing.value_or(platform.row_sharing);

  stage("read the model");
  const Encoder encoder(ModelDirectory::open(options.model), {DeviceKind::cpu, 0, Precision::f32});
  const ModelDirectory& model = encoder.directory();
  const int length = limit_of(model, options.max_seq_length);
  const fs::path destination = options.output.empty() ? options.model : options.output;
  OutputDirectory output(destination, model, encoder.weights());

  SelfTest test;
  test.made_by = fmt::format("librkt {}, {}", version(), encoder.device().description());
  test.max_seq_length = length;
  test.texts = options.self_test_texts.empty() ? built_in_self_test_texts() : options.self_test_texts;
  const std::vector<Encoding> encodings = encode_self_test(encoder, test.texts, length);
  std::vector<const Encoding*> pointers;
  for (const Encoding& encoding : encodings) {
    test.ids.push_back(encoding.ids);
    pointers.push_back(&encoding);
  }

  stage("prepare the compiler");
  ToolkitEnvironment environment;
  {
    Stopwatch watch(report.seconds.environment);
    environment = ensure_toolkit({progress, cancel});
  }

  stage("build the graph");
  const GraphForm form = npu_form(platform, sharing, length);
  const TemporaryDirectory work;
  std::string graph_id;
  {
    Stopwatch watch(report.seconds.graph);
    const Graph graph = build_bert_encoder(model.config, encoder.weights(), form);
    write_file(work.path() / "encoder.onnx", graph.onnx);
    graph_id = graph.id;
  }

  stage("compile");
  report.directory = destination;
  report.file = compiled_file_name(options, length, sharing, output.entries());
  report.platform = options.platform;
  report.dtype = "float16";
  report.max_seq_length = length;
  report.row_sharing = sharing;
  const fs::path compiled = output.staging() / report.file;
  fs::create_directories(compiled.parent_path());
  // Of the toolkit's own stages only the simulator's inferences tell a person more than ours.
  const auto simulated = [&](std::string_view name, std::optional<double> fraction) {
    if (progress && name == "simulate" && fraction) progress("simulate", fraction);
  };
  ToolkitSession session(environment, new_log_file(), {simulated, cancel});
  {
    Stopwatch watch(report.seconds.compile);
    BuildRequest request;
    request.onnx = work.path() / "encoder.onnx";
    request.rknn = compiled;
    request.platform = options.platform;
    request.config["optimization_level"] = options.optimization_level;
    copy_build_facts(session.build(request), report);
  }
  report.toolkit = session.versions().toolkit;
  report.file_bytes = static_cast<int64_t>(fs::file_size(compiled));
  report.sha256 = sha256_file(compiled);

  stage("compute the reference");
  test.vectors = reference_vectors(encoder, pointers);

  stage("simulate");
  {
    Stopwatch watch(report.seconds.simulate);
    report.simulator = check_on_simulator(session, encoder, form, pointers, test.vectors);
  }
  require_accuracy(report.simulator, options.min_cosine);

  stage("write the directory");
  report.seconds.total = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  output.add_model_files(model, encoder.weights());
  write_self_test(output.staging(), test);
  write_file(fs::path(compiled).replace_extension(".log"), read_file(session.log()));
  write_file(fs::path(compiled).replace_extension(".report.json"), to_json(report) + "\n");
  output.commit(report.file, rknn_entry(report, options, {graph_id, output.weights_sha256()}));
  return report;
}

}  // namespace

ExportReport export_model(const ExportOptions& options, const ExportProgress& progress,
                          const std::atomic<bool>* cancel) {
  try {
    return run_export(options, progress, cancel);
  } catch (const fs::filesystem_error& problem) {  // a disk that fills up, a directory that goes away
    throw unwritable(problem.path1(), problem.code().message());
  }
}

}  // namespace rkt
