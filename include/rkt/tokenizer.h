/// Text to token ids, exactly as Hugging Face `tokenizers` does it from the same tokenizer.json.
///     rkt::Tokenizer tokenizer = rkt::Tokenizer::open("all-MiniLM-L6-v2");
///     rkt::Encoding e = tokenizer.encode("a text");   // e.ids, e.offsets: [begin, end) bytes of the text
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rkt/error.h"

namespace rkt {

/// Bytes [begin, end) of the text that a token stands for; [0, 0) for special tokens.
struct ByteSpan {
  uint32_t begin = 0, end = 0;
  bool operator==(const ByteSpan&) const = default;
};

/// The tokens of one text or pair. All vectors have the same length, one element per token.
/// Reference: tokenizers.Encoding; offsets are bytes here, characters there.
struct Encoding {
  std::vector<int32_t> ids;
  std::vector<int32_t> type_ids;    ///< 0 for the first sequence, as the post-processor says for the second.
  std::vector<std::string> tokens;  ///< The vocabulary's spelling ("##ing").
  std::vector<ByteSpan> offsets;    ///< Into the sequence the token comes from.
  std::vector<int32_t> word_ids;    ///< Index of the pre-tokenizer's word; -1 for special tokens.
  std::vector<uint8_t> special_tokens_mask;  ///< 1 for tokens the post-processor added.
  std::vector<Encoding> overflowing;         ///< The windows that truncation cut off, in order.

  size_t size() const noexcept { return ids.size(); }
};

/// Which sequence of a pair truncation shortens.
enum class TruncationStrategy { longest_first, only_first, only_second };

/// Whether the windows that truncation cuts off are wanted in Encoding::overflowing.
enum class Overflowing { keep, drop };

struct Truncation {
  int max_length = 0;  ///< Tokens, special tokens counted; at least the number of special tokens.
  TruncationStrategy strategy = TruncationStrategy::longest_first;
  int stride = 0;  ///< Tokens that neighbouring windows of `overflowing` share, 0..max_length - specials - 1.
  Overflowing overflowing = Overflowing::keep;
};

enum class SpecialTokens { add, omit };

struct EncodeOptions {
  SpecialTokens special_tokens = SpecialTokens::add;
  std::optional<Truncation> truncation;  ///< Nothing: never truncated, whatever tokenizer.json says.
};

/// Immutable after construction: const members may be called from many threads at once.
class Tokenizer {
 public:
  /// `path` is a tokenizer.json or a directory that holds one.
  /// Throws RKT-1001, RKT-1002, and what from_json throws.
  static Tokenizer open(const std::filesystem::path& path);

  /// `where` names the document in errors.
  /// Throws RKT-1003 not JSON, RKT-1008 damaged, RKT-1009 a component this version does not know.
  static Tokenizer from_json(std::string_view json, const std::string& where = "tokenizer.json");

  /// UTF-8 in; may be empty. Throws RKT-2001 invalid UTF-8, RKT-2002 more than 1 GiB, or more than 4 GiB once
  /// it is normalized, RKT-2004 truncation cannot reach max_length. Reference: tokenizers.Tokenizer.encode.
  Encoding encode(std::string_view text, const EncodeOptions& options = {}) const;
  Encoding encode_pair(std::string_view first, std::string_view second,
                       const EncodeOptions& options = {}) const;

  int vocab_size() const noexcept;             ///< Largest id + 1, added tokens included.
  int special_tokens_single() const noexcept;  ///< Tokens the post-processor adds to one text.
  std::optional<int32_t> token_to_id(std::string_view token) const;
  std::optional<std::string> id_to_token(int32_t id) const;
  std::string_view model_type() const noexcept;  ///< "WordPiece".

  /// The document's own sections, if it has them; encode() does not apply them by itself.
  std::optional<Truncation> file_truncation() const;

  Tokenizer(Tokenizer&&) noexcept;
  Tokenizer& operator=(Tokenizer&&) noexcept;
  ~Tokenizer();

 private:
  struct Impl;
  explicit Tokenizer(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace rkt
