// OpenVINO 2026.4.1 computes wrong vectors, without an error, for bf16 + static shapes + one row + an
// additive float mask [1, 1, 1, S] on CPUs with AVX-512 bf16. Our device must not, in any form of graph.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <openvino/openvino.hpp>

#include "device/mask.h"
#include "support/run_graph.h"
#include "tolerances.h"

namespace rkt {
namespace {

std::unique_ptr<Device> bf16_device() {
  try {
    return open_cpu_device({DeviceKind::cpu, 1, Precision::bf16});
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::device_unavailable) << "RKT-3001";
    return nullptr;
  }
}

TEST(WrongVectors, EveryFormIsRightInBf16) {
  const auto device = bf16_device();
  if (!device) GTEST_SKIP() << "this CPU has no bf16 arithmetic";
  const test::RealModel model;
  test::Golden golden = test::golden_embeddings();
  golden.texts.resize(30);
  for (const GraphLayout layout : {GraphLayout::rows, GraphLayout::channels})
    for (const MaskForm mask : {MaskForm::per_text, MaskForm::packed})
      for (const int length : {0, 128})
        for (const int rows : {1, 2}) {
          if (layout == GraphLayout::channels && rows != 1) continue;
          const GraphForm form{layout, mask, MaskAxes::queries,
                               layout == GraphLayout::channels || length > 0 ? rows : 0, length};
          const auto plans = test::padded_plans(model, golden.texts, rows, length);
          const auto vectors = test::run_graph(model, *device, form, golden.texts, plans);
          for (size_t i = 0; i < vectors.size(); ++i)
            EXPECT_GE(test::cosine(vectors[i], golden.row(i)), tolerance::bf16_cosine)
                << fmt::format("text {}, layout {}, mask {}, length {}, rows {}", i, static_cast<int>(layout),
                               static_cast<int>(mask), length, rows);
        }
}

// The form that goes wrong, compiled without our device and with it; the first says whether the fault is
// still there.
TEST(WrongVectors, GuardHoldsWhereTheEngineFails) {
  const auto device = bf16_device();
  if (!device) GTEST_SKIP() << "this CPU has no bf16 arithmetic";
  ov::Core core;
  const test::RealModel model;
  const test::Golden golden = test::golden_embeddings();
  constexpr size_t length = 128;
  const GraphForm form{GraphLayout::rows, MaskForm::per_text, MaskAxes::queries, 1, length};
  const Graph graph = build_bert_encoder(model.directory.config, model.weights, form);
  ov::CompiledModel compiled = core.compile_model(core.read_model(graph.onnx, ov::Tensor()), "CPU",
                                                  ov::hint::inference_precision(ov::element::bf16));
  ov::InferRequest request = compiled.create_infer_request();

  const Encoding encoding = model.tokenizer.encode(golden.texts[0]);
  const Encoding* const pointer = &encoding;
  const int tokens = static_cast<int>(encoding.size());
  const Batch batch = pack({1, length, {{0, 0, 0, tokens}}}, std::span(&pointer, 1), {});
  model.tables.lookup(batch.ids, batch.positions, batch.token_types,
                      {request.get_tensor("embeddings").data<float>(), length * 384});
  write_mask(batch, MaskForm::per_text, {request.get_tensor("mask").data<float>(), length});
  request.infer();
  std::vector<float> vector(384);
  pool({request.get_tensor("last_hidden_state").data<float>(), static_cast<size_t>(tokens) * 384},
       PoolingMode::mean, vector);
  const double unguarded = test::cosine(vector, golden.row(0));

  const std::vector<std::string> texts{golden.texts[0]};
  const auto guarded =
      test::run_graph(model, *device, form, texts, test::padded_plans(model, texts, 1, length));
  fmt::print("bf16 cosine of the form in question: unguarded {:.4f}, guarded {:.6f}\n", unguarded,
             test::cosine(guarded[0], golden.row(0)));
  EXPECT_GE(test::cosine(guarded[0], golden.row(0)), tolerance::bf16_cosine);
}

}  // namespace
}  // namespace rkt
