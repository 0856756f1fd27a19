/// The export's report, for people.
#pragma once
#include <string>

#include "rkt/exporter.h"

namespace rkt::cli {

std::string text_of(const ExportReport& report);

}  // namespace rkt::cli
