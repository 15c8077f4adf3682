#include "build/answer_text.h"

#include <doctest.h>

#include <string>
#include <vector>

using namespace cento;

TEST_CASE("Answers are compared without case, punctuation, articles and extra space") {
  CHECK(normalize_answer("  The  Eiffel\tTower, a.k.a. \"la Dame\" ") ==
        "eiffel tower aka la dame");
  CHECK(normalize_answer("An answer.") == "answer");
  CHECK(normalize_answer("THEATRE") == "theatre");
  CHECK(normalize_answer("$1,000.50!") == "100050");
  CHECK(normalize_answer("Ägypten — ÉTÉ") == "ägypten — été");
  CHECK(normalize_answer("the a an .").empty());
  CHECK(normalize_answer("\xFF broken") == "\xFF broken");
}

TEST_CASE("An answer is contained as whole words only") {
  const std::vector<std::string> answers = {"", "eiffel tower", "1889"};
  CHECK(contains_answer("eiffel tower in paris", answers));
  CHECK(contains_answer("built in 1889", answers));
  CHECK_FALSE(contains_answer("eiffel towers", answers));
  CHECK_FALSE(contains_answer("18890", answers));
  CHECK_FALSE(contains_answer("", answers));
}

TEST_CASE("F1 is that of the best answer, and counts repeated words") {
  const std::vector<std::string> answers = {"big red dog", "dog"};
  CHECK(answer_f1("dog", answers) == doctest::Approx(1.0));
  CHECK(answer_f1("big dog", answers) == doctest::Approx(0.8));
  CHECK(answer_f1("dog dog", answers) == doctest::Approx(2.0 / 3));
  CHECK(answer_f1("cat", answers) == 0);
  CHECK(answer_f1("", answers) == 0);
  CHECK(answer_f1("", std::vector<std::string>{""}) == 1);
}
