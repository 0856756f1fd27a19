// Every form of graph that the builder writes, the NPU's included, computes what sentence-transformers
// computes.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/run_graph.h"
#include "tolerances.h"

namespace rkt {
namespace {

struct Case {
  const char* name;
  GraphForm form;
};

void PrintTo(const Case& c, std::ostream* out) {
  *out << c.name;
}

class GraphForms : public testing::TestWithParam<Case> {};

constexpr int static_length = 128;

TEST_P(GraphForms, EqualSentenceTransformers) {
  const test::RealModel model;
  const GraphForm& form = GetParam().form;
  test::Golden golden = test::golden_embeddings();
  golden.texts.resize(30);  // the self-test: all within the static length
  const auto device = open_cpu_device({DeviceKind::cpu, 2, Precision::f32});

  std::vector<std::vector<BatchPlan>> ways{
      test::padded_plans(model, golden.texts, std::max(form.rows, 1), form.length)};
  if (form.mask == MaskForm::packed || (form.layout == GraphLayout::rows && form.length == 0)) {
    std::vector<int> lengths;
    for (const std::string& text : golden.texts)
      lengths.push_back(static_cast<int>(model.tokenizer.encode(text).size()));
    ways.push_back(plan_packed(lengths, static_length, std::max(form.rows, 1)));
    while (static_cast<int>(ways.back().size()) > 0 && form.rows > 0 && ways.back().back().rows < form.rows)
      ways.back().back().rows = form.rows;
  }
  for (const std::vector<BatchPlan>& plans : ways) {
    const auto vectors = test::run_graph(model, *device, form, golden.texts, plans);
    for (size_t i = 0; i < vectors.size(); ++i) {
      EXPECT_GE(test::cosine(vectors[i], golden.row(i)), tolerance::cpu_cosine) << "text " << i;
      EXPECT_LE(test::max_abs_difference(vectors[i], golden.row(i)), tolerance::cpu_max_abs) << "text " << i;
    }
  }
}

using enum GraphLayout;
using enum MaskForm;
using enum MaskAxes;
INSTANTIATE_TEST_SUITE_P(
    All, GraphForms,
    testing::Values(Case{"rows_dynamic", {rows, per_text, queries, 0, 0}},
                    Case{"rows_static", {rows, per_text, queries, 2, static_length}},
                    Case{"rows_static_packed", {rows, packed, queries, 2, static_length}},
                    Case{"channels_static", {channels, per_text, queries, 1, static_length}},
                    Case{"channels_static_keys", {channels, per_text, keys, 1, static_length}},
                    Case{"channels_static_packed", {channels, packed, queries, 1, static_length}},
                    Case{"channels_static_packed_keys", {channels, packed, keys, 1, static_length}},
                    Case{"channels_dynamic_packed_keys", {channels, packed, keys, 1, 0}}),
    [](const auto& case_info) { return case_info.param.name; });

}  // namespace
}  // namespace rkt
