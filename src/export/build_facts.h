/// What the compiler said of a build, into the report.
#pragma once
#include "rkt/exporter.h"

#include "export/toolkit/toolkit_session.h"

namespace rkt {

/// Fills operators, cycles, traffic and memory of `report`.
void copy_build_facts(const BuildResult& built, ExportReport& report);

}  // namespace rkt
