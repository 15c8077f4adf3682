#include "compose/completer.h"

#include <doctest.h>

#include <string>
#include <vector>

#include "support/corpus_fixture.h"

namespace cento {
namespace {

class Library {
 public:
  explicit Library(std::vector<Document> documents) : fixture_(documents) {}

  Answer complete(std::string_view prompt, const AnswerOptions& options = {}) const {
    Completer completer(corpus_, subjects_, model_, prompt, options);
    while (completer.step() > 0) {
    }
    return completer.result();
  }

 private:
  test::CorpusFixture fixture_;
  Corpus corpus_ = fixture_.corpus();
  SubjectIndex subjects_{corpus_};
  EvidenceModel model_{corpus_.vocabulary(), corpus_.index(), nullptr, {}, Shares()};
};

Document page(std::string id, std::string text) {
  Document document;
  document.title = id;
  document.id = std::move(id);
  document.text = std::move(text);
  return document;
}

TEST_CASE("nothing is said without the condition that its source names") {
  const std::string leaning = "When the kettle is empty, the lamp goes out at once.\n";
  const std::string plain = "The old kettle is empty most of the day, said the keeper.\n";
  const std::string other = "A lamp that goes out is lit again by the keeper of the house.\n";
  const Library leaning_alone({page("one", leaning + other), page("two", other)});
  CHECK(leaning_alone.complete("This kettle is").refused);
  CHECK(leaning_alone.complete("When this kettle is").fragments[0].text ==
        " empty, the lamp goes out at once.");
  const Library both({page("one", leaning + other), page("two", plain + other)});
  CHECK(both.complete("This kettle is").fragments[0].text ==
        " empty most of the day, said the keeper.");
}

TEST_CASE("the confidence of a completion is a probability, and higher where more is said alike") {
  const std::string common = "The keeper lights the lamp before the sun goes down.\n";
  const std::string rare = "The keeper paints a boat in the long afternoons of June.\n";
  const Library library({page("one", common), page("two", common), page("three", common + rare)});
  const double sure = library.complete("The keeper lights").confidence;
  const double unsure = library.complete("The keeper").confidence;
  CHECK(sure > unsure);
  CHECK(sure < 1);
  CHECK(unsure > 0);
}

}  // namespace
}  // namespace cento
