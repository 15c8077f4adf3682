// A small good pack and everything that is made of it, for targets that begin there.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "build/pack_builder.h"
#include "cento/engine.h"
#include "cento/verify.h"
#include "fuzz_target.h"
#include "golden/golden_documents.h"
#include "support/sample_corpus.h"

namespace cento::fuzz {

// The files of a pack, opened in everything that opens packs.
struct OpenedPack {
  Engine engine;
  Verifier verifier;
  std::vector<uint8_t> image;

  // `base` as in Engine::mount.
  Status open(const std::vector<std::vector<uint8_t>>& files, const Engine* base = nullptr) {
    Expresser expresser;
    for (size_t i = 0; i < files.size(); ++i) {
      CENTO_RETURN_IF_ERROR(i == 0 ? expresser.open_tables(files[i])
                                   : expresser.add_shard(files[i]));
      // What one of them takes, all take.
      require(i > 0 || engine.open_tables(files[i]).is_ok());
      require((i == 0 ? verifier.open_tables(files[i]) : verifier.add_shard(files[i])).is_ok());
    }
    CENTO_ASSIGN_OR_RETURN(image, expresser.express());
    return engine.mount(image, base);
  }
};

// The short ones of the golden documents and some towns, with the tables for English questions.
// Made once a process.
struct GoodPack {
  std::vector<std::vector<uint8_t>> files;  // tables, shards
  OpenedPack opened;
};

inline GoodPack& good_pack() {
  static GoodPack* const instance = [] {
    std::vector<Document> documents = test::golden_documents();
    std::erase_if(documents, [](const Document& document) { return document.id == "lights"; });
    for (Document& town : test::sample_corpus(6)) documents.push_back(std::move(town));
    PackOptions options = test::golden_options();
    options.max_file_bytes = 1u << 20;  // which the tables for questions need
    options.questions = built_in_question_tables("en");
    auto built = build_pack(std::move(documents), options);
    require(built.is_ok());
    auto* made = new GoodPack;
    for (PackFile& file : built.value().files) made->files.push_back(std::move(file.bytes));
    made->files.pop_back();  // the manifest
    require(made->opened.open(made->files).is_ok());
    return made;
  }();
  return *instance;
}

// An answer is proved, comes back from its JSON, and can be explained.
void check_answer(OpenedPack& pack, const Answer& answer);
// Asks an engine shortly for one kind of answer and everything else.
void ask_everything(OpenedPack& pack, std::string_view text);

}  // namespace cento::fuzz
