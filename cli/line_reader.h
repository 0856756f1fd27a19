/// Lines of a file or of standard input, in memory that does not grow with the file.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace rkt::cli {

class LineReader {
 public:
  /// `name`: a file or "-". Throws RKT-1001 with near matches, RKT-1002.
  explicit LineReader(const std::string& name);
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;
  ~LineReader();

  /// False at the end. The line comes without its "\n" or "\r\n", the first one without a byte order mark;
  /// a line break at the end of the file begins no further line. Throws RKT-1002, RKT-4011 if a signal came
  /// while it waited.
  bool next(std::string& line);

  /// Share of the file that next() has consumed, 0..1, where the size is known.
  std::optional<double> fraction() const;

  /// For messages: the name, or "stdin".
  const std::string& name() const noexcept { return name_; }

 private:
  bool fill();

  std::string name_, buffer_;
  size_t position_ = 0;  // in buffer_
  int file_ = -1;
  uint64_t consumed_ = 0, size_ = 0;
  bool first_ = true;
};

}  // namespace rkt::cli
