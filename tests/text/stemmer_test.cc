#include "text/stemmer.h"

#include <doctest.h>

namespace cento {
namespace {

const std::vector<StemAction> kActions = {{1, ""}, {3, "y"}, {0, ""}, {4, ""}};
// -s is taken off, -ies becomes -y, -ss stays, running loses four letters, "is" stays.
const std::vector<StemRule> kRules = {{"gninnu", 3}, {"s", 0}, {"sei", 1}, {"si^", 2}, {"ss", 2}};

TEST_CASE("the longest ending that fits decides") {
  const auto stemmer = Stemmer::create(kActions, kRules);
  REQUIRE(stemmer.is_ok());
  const auto stem = [&](std::string_view word) { return stemmer.value().stem(word); };
  CHECK(stem("dogs") == "dog");
  CHECK(stem("flies") == "fly");
  CHECK(stem("ies") == "y");
  CHECK(stem("es") == "e");
  CHECK(stem("s") == "");
  CHECK(stem("is") == "is");
  CHECK(stem("this") == "thi");
  CHECK(stem("grass") == "grass");
  CHECK(stem("running") == "run");
  CHECK(stem("inning") == "inning");
  CHECK(stem("") == "");
  CHECK(Stemmer().stem("dogs") == "dogs");
}

TEST_CASE("rules survive their section, and a section that is cut or altered is refused or read") {
  const Stemmer stemmer = Stemmer::create(kActions, kRules).value();
  ByteWriter writer;
  stemmer.save(writer);
  const std::vector<uint8_t> section = writer.take();
  ByteReader whole(section);
  const auto loaded = load_new<Stemmer>(whole);
  REQUIRE(loaded.is_ok());
  for (const char* word : {"dogs", "flies", "is", "grass", "running", "x"}) {
    CHECK(loaded.value().stem(word) == stemmer.stem(word));
  }
  for (size_t length = 0; length < section.size(); ++length) {
    ByteReader cut(Bytes(section).first(length));
    CHECK(load_new<Stemmer>(cut).status().code() == StatusCode::kIntegrity);
  }
  uint32_t refused = 0;
  for (size_t i = 0; i < section.size(); ++i) {
    for (const int change : {1, 2, 16, 128, 255}) {
      std::vector<uint8_t> altered = section;
      altered[i] = static_cast<uint8_t>(altered[i] ^ change);
      ByteReader reader(altered);
      const auto result = load_new<Stemmer>(reader);
      if (!result.is_ok()) {
        ++refused;
        CHECK(result.status().code() == StatusCode::kIntegrity);
      } else {
        for (const char* word : {"", "s", "dogs", "^", "is^"}) {
          CHECK(result.value().stem(word).size() < 600);
        }
      }
    }
  }
  CHECK(refused > section.size());
}

TEST_CASE("rules that contradict each other are refused") {
  using Rules = std::vector<StemRule>;
  for (const Rules& rules : {Rules{{"", 2}}, Rules{{"s", 0}, {"s", 2}}, Rules{{"t", 0}, {"s", 0}},
                             Rules{{"s", 4}}, Rules{{"s", 1}}, Rules{{"se^", 1}},
                             Rules{{std::string(256, 'a'), 0}}, Rules{{std::string(1, '\0'), 2}}}) {
    CHECK_FALSE(Stemmer::create(kActions, rules).is_ok());
  }
}

}  // namespace
}  // namespace cento
