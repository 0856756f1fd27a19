/// What embeddings say about a handful of texts.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

#include "rkt/embedder.h"

namespace rkt::cli {

inline constexpr size_t most_similarity_texts = 30;  ///< A wider table fits no terminal.

/// Cosines of every text with every other: one line a text, numbered as the columns are.
std::string similarity_table(std::span<const std::string> texts, const Embeddings& embeddings);

/// {"texts": […], "cosines": [[…], …]}
nlohmann::ordered_json similarity_json(std::span<const std::string> texts, const Embeddings& embeddings);

}  // namespace rkt::cli
