// One pack for all tests of the facade: towns, in shards small enough that there are several.
#pragma once

#include <doctest.h>

#include <string>
#include <vector>

#include "build/pack_builder.h"
#include "cento/engine.h"
#include "cento/verify.h"
#include "support/sample_corpus.h"

namespace cento::test {

struct Sample {
  std::vector<Document> documents;
  BuiltPack pack;
  std::vector<uint8_t> image;
  Engine engine;
  Verifier verifier;
};

inline Sample& sample() {
  static Sample* const instance = [] {
    auto* made = new Sample;
    made->documents = sample_corpus(120);
    PackOptions options;
    options.name = "towns";
    options.licence = "CC0-1.0";
    options.first_shard_bytes = 4000;
    options.max_file_bytes = 6000;
    auto built = build_pack(made->documents, options);
    REQUIRE(built.is_ok());
    made->pack = std::move(built).value();
    Expresser expresser;
    const auto& files = made->pack.files;
    REQUIRE(files.size() > 3);
    REQUIRE(expresser.open_tables(files[0].bytes).is_ok());
    REQUIRE(made->engine.open_tables(files[0].bytes).is_ok());
    REQUIRE(made->verifier.open_tables(files[0].bytes).is_ok());
    for (size_t i = 1; i + 1 < files.size(); ++i) {
      REQUIRE(expresser.add_shard(files[i].bytes).is_ok());
      REQUIRE(made->verifier.add_shard(files[i].bytes).is_ok());
    }
    auto image = expresser.express();
    REQUIRE(image.is_ok());
    made->image = image.value();
    REQUIRE(made->engine.mount(made->image).is_ok());
    return made;
  }();
  return *instance;
}

inline const std::vector<std::string>& prompts() {
  static const std::vector<std::string> list = {"The economy is heavily dependent on",
                                                "Most people in the town",
                                                "Trade with the towns along",
                                                "Alderbury was founded in",
                                                "The town grew slowly at",
                                                "Most people work in the fie",
                                                "Elections are held every",
                                                "population:",
                                                "It lost its walls ",
                                                "The old gate still stands near the"};
  return list;
}

inline std::string text_of(const std::string& id) {
  for (const Document& document : sample().documents) {
    if (document.id == id) return document.text;
  }
  return {};
}

}  // namespace cento::test
