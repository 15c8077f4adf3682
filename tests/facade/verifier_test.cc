#include <doctest.h>

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/utf8.h"
#include "cento/verify.h"
#include "facade/sample_pack.h"

namespace cento {
namespace {

using test::prompts;
using test::Sample;
using test::sample;
using test::text_of;

// An answer of whole sentences, such as ask and overview compose, joined by `joint`.
Answer answer_of(const std::vector<std::string>& sentences, const std::string& joint) {
  Sample& s = sample();
  Answer answer = s.engine.answer(Operation::kComplete, prompts()[0], {}).value();
  answer.receipt.operation = Operation::kAsk;
  answer.receipt.input = "What do people there do?";
  answer.kind = "sentence";
  answer.text.clear();
  answer.fragments.clear();
  for (const std::string& sentence : sentences) {
    Fragment fragment;
    fragment.text = sentence;
    for (const std::string space : {"", " "}) {
      const Located located = s.engine.locate(space + sentence, 1).value();
      if (located.count == 0) continue;
      fragment.source = located.sources[0];
      fragment.source.begin_bytes += space.size();
      fragment.source.begin_utf16 += space.size();
    }
    if (!answer.text.empty()) answer.text += joint;
    answer.text += sentence;
    answer.fragments.push_back(std::move(fragment));
  }
  answer.receipt.digest = answer_digest(answer);
  return answer;
}

// A whole sentence of document `d` that begins with `opening`, as it stands there.
std::string sentence_of(size_t d, const std::string& opening) {
  const std::string& text = sample().documents[d].text;
  const size_t begin = text.find(opening);
  REQUIRE(begin != std::string::npos);
  return text.substr(begin, text.find('.', begin) + 1 - begin);
}

// A short completion that repeats what only its prompt has said.
Answer answer_from_text() {
  const std::string said = "Trade people heavily along dependent work. ";
  const AnswerOptions options{.max_tokens = 12};
  return sample()
      .engine
      .answer(Operation::kComplete, said + said + said + said + "Trade people heavily ", options)
      .value();
}

std::vector<Answer> valid_answers() {
  Sample& s = sample();
  std::vector<Answer> answers;
  const std::vector<Turn> session = {{"Where is Alderbury?", "Alderbury"}, {"And its walls?", ""}};
  for (const std::string& prompt : prompts()) {
    for (uint64_t seed = 0; seed < 6; ++seed) {
      const AnswerOptions options{
          .max_tokens = 60, .seed = seed, .max_quote = seed % 2 == 0 ? 0u : 9u};
      answers.push_back(s.engine.answer(Operation::kComplete, prompt, options, session).value());
    }
  }
  answers.push_back(
      answer_of({sentence_of(0, "Trade with"), sentence_of(1, "Most people in")}, " "));
  Answer marked = answer_of({sentence_of(2, "Most people in"), sentence_of(3, "It lost")}, "\n\n");
  const size_t at = marked.text.find("Ünsel");
  REQUIRE(at != std::string::npos);
  marked.highlight = {at, at + 6, utf16_length(marked.text.substr(0, at)), 0, 0.75};
  marked.highlight.end_utf16 = marked.highlight.begin_utf16 + 5;
  marked.receipt.digest = answer_digest(marked);
  answers.push_back(marked);
  answers.push_back(answer_from_text());
  Answer refusal = s.engine.answer(Operation::kComplete, "xyzzy", {}).value();
  refusal.topics = {"Alderbury", "Elmham"};
  refusal.receipt.digest = answer_digest(refusal);
  answers.push_back(refusal);
  return answers;
}

std::string problems_of(const VerifyReport& report) {
  std::string all;
  for (const std::string& problem : report.problems) all += problem + "\n";
  return all;
}

// Random alterations of one member or another. All of them change what to_json prints.
class Mutator {
 public:
  explicit Mutator(uint64_t seed) : random_(seed) {}

  void text(std::string& text) {
    switch (text.empty() ? 0 : random_.below(5)) {
      case 0:
        text.insert(random_.below(static_cast<uint32_t>(text.size()) + 1), 1, letter());
        break;
      case 1: text.erase(random_.below(static_cast<uint32_t>(text.size())), 1); break;
      case 2: text[random_.below(static_cast<uint32_t>(text.size()))] = letter(); break;
      case 3: {  // another digit for one that is there
        const size_t at = text.find_first_of("0123456789");
        if (at != text.npos) text[at] = text[at] == '9' ? '1' : static_cast<char>(text[at] + 1);
        break;
      }
      default: {  // a word less
        const size_t at = text.find(' ', random_.below(static_cast<uint32_t>(text.size())));
        if (at == text.npos) break;
        text.erase(at, std::min(text.find(' ', at + 1), text.size()) - at);
      }
    }
  }
  template <typename T>
  void number(T& value) {
    const T change = static_cast<T>(1 + random_.below(3));
    value = random_.below(4) == 0                      ? static_cast<T>(value * 10 + 1)
            : random_.below(2) == 0 && value >= change ? static_cast<T>(value - change)
                                                       : static_cast<T>(value + change);
  }
  void real(double& value) {
    value += (random_.below(2) == 0 ? 0.01 : -0.001) * (1 + random_.below(9));
  }

  void source(Source& source) {
    switch (random_.below(11)) {
      case 0: return text(source.pack);
      case 1: return text(source.licence);
      case 2: return text(source.document_id);
      case 3: return text(source.title);
      case 4: return text(source.url);
      case 5: return texts(source.headings);
      case 6: return number(source.begin_bytes);
      case 7: return number(source.end_bytes);
      case 8: return number(source.begin_utf16);
      case 9: return number(source.end_utf16);
      default:  // another place altogether
        number(source.begin_bytes);
        number(source.end_bytes);
        number(source.begin_utf16);
        return number(source.end_utf16);
    }
  }

  void answer(Answer& answer) {
    const auto count = static_cast<uint32_t>(answer.fragments.size());
    Fragment spare;
    Fragment& fragment = count == 0 ? spare : answer.fragments[random_.below(count)];
    switch (random_.below(24)) {
      case 0:
      case 1: return text(answer.text);
      case 2:
      case 3:
      case 4: return source(fragment.source);
      case 5: return text(fragment.text);
      case 6: {  // a text and its fragment alike
        const size_t at = answer.text.find(fragment.text);
        const size_t length = fragment.text.size();
        text(fragment.text);
        if (at != answer.text.npos) answer.text.replace(at, length, fragment.text);
        return;
      }
      case 7: answer.refused = !answer.refused; return;
      case 8: return text(answer.reason);
      case 9: return real(answer.confidence);
      case 10: return text(answer.kind);
      case 11: return highlight(answer.highlight);
      case 12: return texts(answer.topics);
      case 13:  // a fragment dropped, with its text or without
        if (count == 0) return;
        if (random_.below(2) == 0) {
          answer.text.resize(answer.text.size() - answer.fragments.back().text.size());
          answer.fragments.pop_back();
        } else {
          answer.fragments.erase(answer.fragments.begin() + random_.below(count));
        }
        return;
      case 14:
        if (count > 1) std::swap(answer.fragments[random_.below(count)], answer.fragments[0]);
        return;
      case 15: return number(answer.work);
      case 16: return number(fragment.tokens);
      case 17: return why(fragment.why);
      case 18: return coverage(answer.coverage);
      case 19:
      case 20:
      case 21: return receipt(answer.receipt);
      case 22: return options(answer.receipt.options);
      default: return text(answer.receipt.digest);
    }
  }

 private:
  char letter() { return static_cast<char>('a' + random_.below(26)); }
  void texts(std::vector<std::string>& texts) {
    if (texts.empty() || random_.below(3) == 0) {
      texts.push_back("More");
    } else if (random_.below(2) == 0) {
      texts.pop_back();
    } else {
      text(texts[0]);
    }
  }
  void highlight(Highlight& highlight) {
    switch (random_.below(5)) {
      case 0: return number(highlight.begin_bytes);
      case 1: return number(highlight.end_bytes);
      case 2: return number(highlight.begin_utf16);
      case 3: return number(highlight.end_utf16);
      default: return real(highlight.confidence);
    }
  }
  void why(Why& why) {
    switch (random_.below(6)) {
      case 0: return number(why.level);
      case 1: return number(why.context_tokens);
      case 2: return number(why.context_words);
      case 3: return number(why.count);
      case 4: return number(why.alternatives);
      default: return real(why.score);
    }
  }
  void coverage(Coverage& coverage) {
    switch (random_.below(6)) {
      case 0: return number(coverage.shards);
      case 1: return number(coverage.shard_count);
      case 2: return number(coverage.documents);
      case 3: return number(coverage.document_count);
      case 4: return number(coverage.tokens);
      default: return number(coverage.token_count);
    }
  }
  void receipt(Receipt& receipt) {
    switch (random_.below(7)) {
      case 0: return text(receipt.engine_version);
      case 1: return text(receipt.pack);
      case 2: return number(receipt.shards);
      case 3:
        receipt.operation =
            static_cast<Operation>((static_cast<uint32_t>(receipt.operation) + 1) % 3);
        return;
      case 4: return text(receipt.input);
      case 5:
        if (receipt.session.empty() || random_.below(3) == 0) {
          receipt.session.push_back({"More?", "Alderbury"});
        } else {
          text(random_.below(2) == 0 ? receipt.session[0].input : receipt.session.back().topic);
        }
        return;
      default: return options(receipt.options);
    }
  }
  void options(AnswerOptions& options) {
    switch (random_.below(7)) {
      case 0: return number(options.max_tokens);
      case 1: return number(options.max_words);
      case 2: return number(options.sentences);
      case 3: return number(options.seed);
      case 4: return number(options.max_quote);
      case 5:
        options.grounding =
            static_cast<Grounding>((static_cast<uint32_t>(options.grounding) + 1) % 3);
        return;
      default:
        options.effort = static_cast<Effort>((static_cast<uint32_t>(options.effort) + 1) % 3);
    }
  }

  Random random_;
};

TEST_CASE("a completion from the text that it continues verifies there") {
  const Answer answer = answer_from_text();
  REQUIRE(answer.fragments.size() == 1);
  REQUIRE(answer.fragments[0].source.title == kThisText);
  const VerifyReport report = sample().verifier.verify(answer);
  CHECK(report.problems == std::vector<std::string>());
  CHECK(report.windows > 0);
  CHECK(report.attested_windows == report.windows);

  const auto is_refused = [](Answer altered) {
    altered.receipt.digest = answer_digest(altered);
    return !sample().verifier.verify(altered).valid;
  };
  Answer moved = answer;
  moved.fragments[0].source.begin_bytes -= 1;
  CHECK(is_refused(moved));
  Answer renamed = answer;
  renamed.fragments[0].source.title = "A book";
  CHECK(is_refused(renamed));
  Answer linked = answer;
  linked.fragments[0].source.url = "https://example.org/";
  CHECK(is_refused(linked));
  Answer asked = answer;  // what is asked supports no answer
  asked.receipt.operation = Operation::kAsk;
  CHECK(is_refused(asked));
  Answer reprompted = answer;
  reprompted.receipt.input = "Trade people heavily ";
  CHECK(is_refused(reprompted));
}

TEST_CASE("answers of whole sentences verify, joined by white space") {
  for (const char* joint : {" ", "\n", "\n\n"}) {
    const Answer answer =
        answer_of({sentence_of(0, "Trade with"), sentence_of(1, "Most people in")}, joint);
    const VerifyReport report = sample().verifier.verify(answer);
    CAPTURE(problems_of(report));
    CHECK(report.valid);
    CHECK(report.windows > 20);
  }
  for (const char* joint : {"", "  ", " and ", "\n\n\n", "\t"}) {
    const Answer answer =
        answer_of({sentence_of(0, "Trade with"), sentence_of(1, "Most people in")}, joint);
    CAPTURE(joint);
    CHECK_FALSE(sample().verifier.verify(answer).valid);
  }
}

TEST_CASE("answers must open, meet and end where sentences do") {
  const std::string trade = sentence_of(0, "Trade with");
  const std::string people = sentence_of(1, "Most people in");
  const auto is_valid = [](const std::vector<std::string>& sentences) {
    return sample().verifier.verify(answer_of(sentences, " ")).valid;
  };
  REQUIRE(is_valid({trade, people}));
  CHECK_FALSE(is_valid({trade.substr(6), people}));
  CHECK_FALSE(is_valid({trade, people.substr(5)}));
  CHECK_FALSE(is_valid({trade, people.substr(0, people.size() - 10)}));
  CHECK_FALSE(is_valid({trade.substr(0, trade.size() - 1), people}));
}

TEST_CASE("10,000 random alterations of valid answers: none verifies") {
  Sample& s = sample();
  const std::vector<Answer> answers = valid_answers();
  std::vector<std::string> printed;
  for (const Answer& answer : answers) {
    const VerifyReport report = s.verifier.verify(answer);
    CAPTURE(problems_of(report));
    REQUIRE(report.valid);
    printed.push_back(to_json(answer));
  }
  Random random(41);
  Mutator mutator(42);
  uint32_t altered = 0;
  while (altered < 10'000) {
    const uint32_t which = random.below(static_cast<uint32_t>(answers.size()));
    Answer answer = answers[which];
    mutator.answer(answer);
    const std::string json = to_json(answer);
    if (json == printed[which]) continue;
    ++altered;
    CAPTURE(altered);
    CAPTURE(json);
    if (s.verifier.verify(answer).valid) FAIL_CHECK("an alteration verifies");
  }
}

TEST_CASE("a forger who makes the digest anew cannot change a text or its source") {
  Sample& s = sample();
  const std::vector<Answer> answers = valid_answers();
  Random random(43);
  Mutator mutator(44);
  uint32_t altered = 0;
  while (altered < 2'000) {
    const Answer& valid = answers[random.below(static_cast<uint32_t>(answers.size()))];
    if (valid.fragments.empty()) continue;
    Answer answer = valid;
    Fragment& fragment =
        answer.fragments[random.below(static_cast<uint32_t>(answer.fragments.size()))];
    switch (random.below(3)) {
      case 0: mutator.source(fragment.source); break;
      case 1: mutator.text(answer.text); break;
      default: mutator.text(fragment.text);
    }
    if (to_json(answer) == to_json(valid)) continue;
    answer.receipt.digest = answer_digest(answer);
    ++altered;
    CAPTURE(altered);
    CAPTURE(to_json(answer));
    if (s.verifier.verify(answer).valid) FAIL_CHECK("a forgery verifies");
  }
}

TEST_CASE("the digest is the same for bytes that JSON cannot hold") {
  const Answer answer = sample().engine.answer(Operation::kComplete, "\xFF xyzzy", {}).value();
  REQUIRE(answer.refused);
  Answer read = answer;
  read.receipt.input = "\xEF\xBF\xBD xyzzy";
  CHECK(answer_digest(read) == answer.receipt.digest);
  read.confidence += 0.00001;  // less than is printed
  CHECK(answer_digest(read) == answer.receipt.digest);
}

TEST_CASE("a fragment is explained from its receipt, with what came second") {
  Sample& s = sample();
  uint32_t runners_up = 0;
  for (const std::string& prompt : prompts()) {
    const Answer answer =
        s.engine.answer(Operation::kComplete, prompt, {.max_tokens = 60, .seed = 2}).value();
    for (uint32_t i = 0; i < answer.fragments.size(); ++i) {
      const auto explanation = s.engine.explain(answer.receipt, i);
      REQUIRE(explanation.is_ok());
      CHECK(explanation.value().reason.ends_with("."));
      const std::vector<Candidate>& candidates = explanation.value().candidates;
      REQUIRE_FALSE(candidates.empty());
      CHECK(candidates[0].text == answer.fragments[i].text);
      CHECK(candidates[0].source.begin_bytes == answer.fragments[i].source.begin_bytes);
      for (size_t c = 1; c < candidates.size(); ++c) {
        ++runners_up;
        CHECK(candidates[c].score <= candidates[c - 1].score);
        CHECK(text_of(candidates[c].source.document_id).find(candidates[c].text.substr(0, 8)) !=
              std::string::npos);
      }
    }
    const auto none = static_cast<uint32_t>(answer.fragments.size());
    CHECK(s.engine.explain(answer.receipt, none).status().code() == StatusCode::kInvalidArgument);
    Receipt altered = answer.receipt;
    altered.input += "?";
    CHECK(s.engine.explain(altered, 0).status().code() == StatusCode::kInvalidArgument);
    altered = answer.receipt;
    altered.shards += 1;
    CHECK(s.engine.explain(altered, 0).status().code() == StatusCode::kInvalidArgument);
  }
  CHECK(runners_up > 10);
}

TEST_CASE("whatever a random sampler says through the mask is attested") {
  Sample& s = sample();
  Random random(6);
  uint32_t stops = 0;
  size_t longest = 0;
  for (uint32_t walk = 0; walk < 60; ++walk) {
    std::vector<uint32_t> tokens;
    for (uint32_t step = 0; step < 60; ++step) {
      const AttestedMask mask = s.engine.attested_mask(tokens).value();
      const std::string text = s.engine.decode(tokens).value();
      CAPTURE(text);
      const bool may_stop = !mask.tokens.empty() && mask.tokens[0] == 0;
      if (may_stop) {
        ++stops;
        longest = std::max(longest, text.size());
        const VerifyReport report = s.verifier.verify_windows(text);
        CAPTURE(problems_of(report));
        CHECK(report.valid);
      }
      const uint32_t first = may_stop ? 1 : 0;
      const auto choices = static_cast<uint32_t>(mask.tokens.size()) - first;
      if (choices == 0) break;
      tokens.push_back(mask.tokens[first + random.below(choices)]);
    }
  }
  CHECK(stops > 1000);
  CHECK(longest > 150);
}

TEST_CASE("the mask lets every document through, token by token") {
  Sample& s = sample();
  for (const size_t d : {0u, 17u, 63u}) {
    const std::vector<uint32_t> tokens = s.engine.encode(s.documents[d].text).value();
    CHECK(s.engine.decode(tokens).value() == s.documents[d].text);
    for (size_t i = 0; i < tokens.size(); ++i) {
      const auto mask = s.engine.attested_mask(std::span(tokens).first(i)).value();
      CAPTURE(s.engine.decode(std::span(tokens).first(i)).value());
      CAPTURE(s.engine.decode(std::span(tokens).subspan(i, 1)).value());
      CHECK(std::binary_search(mask.tokens.begin(), mask.tokens.end(), tokens[i]));
    }
  }
  const std::vector<uint32_t> unknown = {70'000};
  CHECK(s.engine.attested_mask(unknown).status().code() == StatusCode::kInvalidArgument);
  CHECK(s.engine.decode(unknown).status().code() == StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace cento
