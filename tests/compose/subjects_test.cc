#include "compose/subjects.h"

#include <doctest.h>

#include "support/corpus_fixture.h"

namespace cento {
namespace {

TEST_CASE("the name part of a title") {
  CHECK(subject_name("csv — CSV File Reading and Writing") == "csv");
  CHECK(subject_name("Congo (Kinshasa)") == "Congo");
  CHECK(subject_name("The Gambia") == "Gambia");
  CHECK(subject_name("Rivers: an introduction") == "Rivers");
  CHECK(subject_name("") == "");
}

TEST_CASE("documents are found by names that the corpus writes as names, the longest first") {
  const test::CorpusFixture fixture({
      {"1", "", "Sudan", "The Nile runs through Sudan. Its north is dry.", {}},
      {"2", "", "South Sudan", "The south is green. In South Sudan it rains.", {}},
      {"3",
       "",
       "Rivers",
       "Some rivers are long, other rivers are short. Many rivers meet the sea.",
       {}},
      {"4", "", "北京", "北京很大。", {}},
  });
  const Corpus corpus = fixture.corpus();
  const SubjectIndex subjects(corpus);
  using Found = std::vector<DocId>;
  CHECK(subjects.find("What of Sudan?") == Found{0});
  CHECK(subjects.find("In South Sudan, not in Sudan") == Found{1});
  CHECK(subjects.find("Sudanese rivers").empty());
  CHECK(subjects.find("Rivers are").empty());  // an ordinary word
  CHECK(subjects.find("去北京了") == Found{3});
  CHECK(subjects.find("").empty());
}

}  // namespace
}  // namespace cento
