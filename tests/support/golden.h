/// What the reference implementations computed, as tests/golden/make_goldens.py wrote it.
#pragma once
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace rkt::test {

struct Golden {
  std::vector<std::string> texts;
  int dim = 0;
  std::vector<float> vectors;  // [texts, dim]

  std::span<const float> row(size_t i) const {
    return std::span(vectors).subspan(i * static_cast<size_t>(dim), static_cast<size_t>(dim));
  }
};

/// sentence-transformers' vectors of the real all-MiniLM-L6-v2; the first 30 texts are the exporter's
/// self-test.
inline Golden golden_embeddings() {
  const std::string directory = std::string(RKT_SOURCE_DIR) + "/tests/golden/";
  Golden golden;
  std::ifstream json(directory + "embeddings.json");
  golden.texts = nlohmann::json::parse(json).at("texts").get<std::vector<std::string>>();
  std::ifstream npy(directory + "embeddings.npy", std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(npy)), std::istreambuf_iterator<char>());
  golden.dim = 384;
  golden.vectors.resize(golden.texts.size() * static_cast<size_t>(golden.dim));
  const size_t data = golden.vectors.size() * sizeof(float);
  if (bytes.size() < data || bytes.find("'<f4'") == std::string::npos)
    throw std::runtime_error("damaged golden file");
  bytes.copy(reinterpret_cast<char*>(golden.vectors.data()), data, bytes.size() - data);
  return golden;
}

inline double cosine(std::span<const float> a, std::span<const float> b) {
  double ab = 0, aa = 0, bb = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    ab += static_cast<double>(a[i]) * b[i];
    aa += static_cast<double>(a[i]) * a[i];
    bb += static_cast<double>(b[i]) * b[i];
  }
  return ab / std::sqrt(aa * bb);
}

inline double max_abs_difference(std::span<const float> a, std::span<const float> b) {
  double worst = 0;
  for (size_t i = 0; i < a.size(); ++i) worst = std::max(worst, std::abs(static_cast<double>(a[i]) - b[i]));
  return worst;
}

}  // namespace rkt::test
