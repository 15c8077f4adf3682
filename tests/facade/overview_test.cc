#include <doctest.h>

#include <string>
#include <vector>

#include "cento/engine.h"
#include "cento/verify.h"
#include "facade/sample_pack.h"

namespace cento {
namespace {

using test::Sample;
using test::sample;

TEST_CASE("overviews of titles, sections and words are verified, windows and all") {
  Sample& s = sample();
  std::vector<std::string> topics = {"salted fish", "the harbour", "founded by settlers", "Economy",
                                     "History"};
  for (const Document& document : s.documents) {
    topics.push_back(document.title);
    topics.push_back("Economy of " + document.title);
  }
  size_t composed = 0;
  for (const std::string& topic : topics) {
    for (const uint32_t sentences : {0u, 1u, 3u}) {
      AnswerOptions options;
      options.sentences = sentences;
      const auto answer = s.engine.answer(Operation::kOverview, topic, options);
      REQUIRE(answer.is_ok());
      const VerifyReport report = s.verifier.verify(answer.value());
      CAPTURE(topic);
      CAPTURE(answer.value().text);
      for (const std::string& problem : report.problems) FAIL_CHECK(problem);
      CHECK(report.attested_windows == report.windows);
      composed += !answer.value().refused;
    }
  }
  CHECK(composed > topics.size());
}

TEST_CASE("an overview of a title says what its document says, and of no other") {
  Sample& s = sample();
  for (const Document& document : s.documents) {
    const auto answer = s.engine.answer(Operation::kOverview, document.title, {});
    REQUIRE(answer.is_ok());
    CHECK_FALSE(answer.value().refused);
    for (const Fragment& fragment : answer.value().fragments) {
      CHECK(fragment.source.document_id == document.id);
    }
  }
}

TEST_CASE("an overview is the same in one go and in the smallest steps") {
  Sample& s = sample();
  const std::string& topic = s.documents[3].title;
  const auto whole = s.engine.answer(Operation::kOverview, topic, {});
  auto task = s.engine.start(Operation::kOverview, topic, {});
  REQUIRE(whole.is_ok());
  REQUIRE(task.is_ok());
  size_t steps = 1;
  while (task.value().step(1)) ++steps;
  CHECK(steps > 10);
  CHECK(task.value().result().text == whole.value().text);
  CHECK(task.value().result().receipt.digest == whole.value().receipt.digest);
}

}  // namespace
}  // namespace cento
