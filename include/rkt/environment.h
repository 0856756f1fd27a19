/// What this machine offers: for bug reports and for the question "why does it not run".
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace rkt {

/// A line of the report: the Python tool's names where it has them, "Not Detected" or "Not Installed" as
/// there.
struct EnvironmentFact {
  std::string key;    ///< For JSON: "operating_system"
  std::string label;  ///< For people: "Operating system"
  std::string value;
};

/// Creates nothing and never throws for what is absent. Where RKT_TOOLKIT_PYTHON names a Python, it is
/// started to ask for its toolkit's version.
std::vector<EnvironmentFact> describe_environment();

}  // namespace rkt
