#include "rkt/environment.h"

#include <gtest/gtest.h>
#include <map>
#include <set>

#include "rkt/version.h"

namespace rkt {
namespace {

TEST(Environment, HasTheFieldsOfThePythonToolAndMore) {
  std::set<std::string> labels, keys;
  std::map<std::string, std::string> values;
  for (const EnvironmentFact& fact : describe_environment()) {
    EXPECT_FALSE(fact.value.empty()) << fact.key;
    EXPECT_TRUE(labels.insert(fact.label).second);
    EXPECT_TRUE(keys.insert(fact.key).second);
    values[fact.key] = fact.value;
  }
  EXPECT_EQ(values["rk_transformers_version"], version());
  EXPECT_NE(values["cpu_device"].find("OpenVINO"), std::string::npos);
  for (const char* label :
       {"Operating system", "Rockchip Board", "Rockchip SoC", "RKNN Runtime version", "RKNN Toolkit version"})
    EXPECT_EQ(labels.count(label), 1U) << label;
}

}  // namespace
}  // namespace rkt
