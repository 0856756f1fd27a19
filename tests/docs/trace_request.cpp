// Follows one request through the run path and prints what each stage hands to the next: docs/tour.md quotes
// it.
//     trace_request MODEL_DIR TEXT…
#include <cstdio>
#include <exception>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "batch/packer.h"
#include "batch/plan.h"
#include "device/mask.h"
#include "engine/encoder.h"
#include "engine/windows.h"
#include "task/pooling.h"

namespace rkt {
namespace {

template <typename T>
void print_rows(const char* name, std::span<const T> values, int length) {
  for (size_t at = 0; at < values.size(); at += static_cast<size_t>(length))
    fmt::print("{:<10} {}\n", at == 0 ? name : "",
               fmt::join(values.subspan(at, static_cast<size_t>(length)), " "));
}

void print_floats(const std::string& name, std::span<const float> values) {
  fmt::print("{} {:.4f} …\n", name, fmt::join(values.first(3), " "));
}

void trace(const std::string& directory, std::span<const std::string_view> texts) {
  const Encoder encoder(ModelDirectory::open(directory), {DeviceKind::cpu, 0, Precision::f32});
  const ModelDirectory& model = encoder.directory();
  const int hidden = encoder.tables().hidden();

  const Windows windows = encode_windows(encoder.tokenizer(), texts, limit_of(model, 0), Overflow::error);
  std::vector<int> lengths;
  for (size_t i = 0; i < windows.encodings.size(); ++i) {
    fmt::print("text {}     {}\n", i, fmt::join(windows.encodings[i]->tokens, " "));
    lengths.push_back(static_cast<int>(windows.encodings[i]->size()));
  }

  for (const BatchPlan& plan : plan_sorted(lengths, {})) {
    fmt::print("plan       {} rows of {} tokens\n", plan.rows, plan.length);
    for (const TextSpan& span : plan.spans)
      fmt::print("span       text {} at row {}, tokens [{}, {})\n", span.text, span.row, span.begin,
                 span.begin + span.length);
    const Batch batch = pack(plan, windows.encodings, {model.config.pad_token_id, 0});
    print_rows<int32_t>("ids", batch.ids, batch.length);
    print_rows<int32_t>("positions", batch.positions, batch.length);
    print_rows<int32_t>("segments", batch.segments, batch.length);
    std::vector<float> mask(mask_elements(batch, MaskForm::per_text));
    write_mask(batch, MaskForm::per_text, mask);
    print_rows<float>("mask", mask, batch.length);
    std::vector<float> embeddings(batch.cells() * static_cast<size_t>(hidden));
    encoder.tables().lookup(batch.ids, batch.positions, batch.token_types, embeddings);
    fmt::print("embeddings [{}, {}, {}]\n", batch.rows, batch.length, hidden);
    print_floats("           row 0, token 0:", embeddings);
  }

  StageTimes times;
  std::vector<float> vector(static_cast<size_t>(hidden));
  encoder.run(
      windows.encodings, Batching::sorted,
      [&](int text, std::span<const float> states) {
        fmt::print("states     text {}: [{}, {}]\n", text, states.size() / vector.size(), hidden);
        print_floats("           token 0:", states);
        pool(states, model.pooling.mode, vector);
        print_floats("pooled    ", vector);
        if (model.pooling.normalize) normalize(vector);
        print_floats("normalised", vector);
      },
      times);
}

}  // namespace
}  // namespace rkt

int main(int argc, char** argv) {
  try {
    if (argc < 3) throw std::invalid_argument("usage: trace_request MODEL_DIR TEXT…");
    rkt::trace(argv[1], std::vector<std::string_view>(argv + 2, argv + argc));
    return 0;
  } catch (const std::exception& problem) {
    fmt::print(stderr, "{}\n", problem.what());
    return 1;
  }
}
