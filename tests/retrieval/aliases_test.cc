#include "retrieval/aliases.h"

#include <doctest.h>

#include <span>
#include <string>
#include <vector>

namespace cento {
namespace {

std::string found(const Aliases& aliases, const std::vector<std::string_view>& words) {
  std::string text;
  for (const Aliases::Match& match : aliases.find(words)) {
    text += std::to_string(match.first) + "-" + std::to_string(match.end) + ":" +
            std::string(match.means) + ";";
  }
  return text;
}

TEST_CASE("aliases are found with a few words between theirs") {
  const Aliases aliases("how big=area size\nhow people live=expectancy\nno form\n=x\ny=\n");
  CHECK(found(aliases, {"how", "big", "is", "peru"}) == "0-2:area size;");
  CHECK(found(aliases, {"how", "long", "do", "people", "live"}) == "0-5:expectancy;");
  CHECK(found(aliases, {"how", "very", "long", "do", "people", "live"}).empty());
  CHECK(found(aliases, {"big", "how"}).empty());
  CHECK(found(aliases, {"y", "no", "form"}).empty());
  CHECK(found(aliases, {}).empty());
  CHECK(found(Aliases(), {"how", "big"}).empty());
}

TEST_CASE("aliases survive being saved, and damaged ones are refused") {
  ByteWriter writer;
  Aliases("how big=area\n").save(writer);
  const std::vector<uint8_t> bytes = writer.take();
  ByteReader reader(bytes);
  const auto loaded = load_new<Aliases>(reader);
  REQUIRE(loaded.is_ok());
  CHECK(found(loaded.value(), {"how", "big"}) == "0-2:area;");
  for (size_t size = 0; size < bytes.size(); ++size) {
    ByteReader shorter(Bytes(bytes.data(), size));
    CHECK(load_new<Aliases>(shorter).status().code() == StatusCode::kIntegrity);
  }
}

}  // namespace
}  // namespace cento
