/// The texts of a command, block by block, and where each came from.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rkt/error.h"

#include "cli/line_reader.h"
#include "cli/options.h"

namespace rkt::cli {

struct TextBlock {
  std::vector<std::string> texts;
  uint64_t first = 0;  ///< Index of texts[0] in the whole input, from 0.
};

/// Every line is one text, an empty line the empty text.
class TextSource {
 public:
  /// Throws RKT-5001 for no texts or two sources of them, RKT-1001, RKT-1002.
  explicit TextSource(const TextArguments& arguments);

  /// At most 2,048 texts or about a megabyte, whichever comes first; false at the end.
  /// Throws RKT-1002, and for a .jsonl file RKT-2001 and RKT-2002 with file and line.
  bool next(TextBlock& block);

  /// What is left, in one block.
  std::vector<std::string> all();

  std::optional<double> fraction() const;

  /// The library counts the texts of one call and knows no file: its "text 3 …" becomes the index in the
  /// whole input, and `where` becomes the file and line.
  Error located(const Error& error, const TextBlock& block) const;
  /// The same for an error that names no text.
  Error located(const Error& error, uint64_t index) const;

 private:
  bool next_text(std::string& text);
  std::string place(uint64_t index) const;

  std::vector<std::string> arguments_;
  std::optional<LineReader> lines_;
  bool json_lines_ = false;
  uint64_t index_ = 0;  // of the next text
};

}  // namespace rkt::cli
