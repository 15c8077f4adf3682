#include "cento/engine.h"

#include <doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"
#include "cento/verify.h"
#include "facade/sample_pack.h"

namespace cento {
namespace {

using test::prompts;
using test::Sample;
using test::sample;
using test::text_of;

// Offsets are 64-bit, lengths of strings may be 32-bit.
std::string slice(const std::string& text, uint64_t begin, uint64_t length) {
  return text.substr(static_cast<size_t>(begin), static_cast<size_t>(length));
}

TEST_CASE("more effort looks at more places, and says what it spent") {
  const auto work = [](Effort effort) {
    uint64_t sum = 0;
    for (const std::string& prompt : prompts()) {
      const AnswerOptions options{.max_tokens = 40, .effort = effort};
      sum += sample().engine.answer(Operation::kComplete, prompt, options).value().work;
    }
    return sum;
  };
  CHECK(work(Effort::kFast) < work(Effort::kBalanced));
  CHECK(work(Effort::kBalanced) < work(Effort::kDeep));
}

TEST_CASE("calls before mount are refused") {
  Engine engine;
  CHECK(engine.answer(Operation::kComplete, "a", {}).status().code() ==
        StatusCode::kInvalidArgument);
  CHECK(engine.count("a").status().code() == StatusCode::kInvalidArgument);
  CHECK(engine.trace("a", {}).status().code() == StatusCode::kInvalidArgument);
  CHECK(engine.suggest("a", {}).status().code() == StatusCode::kInvalidArgument);
  CHECK(engine.predict("a", 3).status().code() == StatusCode::kInvalidArgument);
  CHECK(engine.explain_next("a", "b").status().code() == StatusCode::kInvalidArgument);
  CHECK(engine.score("a", 0).status().code() == StatusCode::kInvalidArgument);
  Expresser expresser;
  CHECK(expresser.express().status().code() == StatusCode::kInvalidArgument);
}

TEST_CASE("thousands of seeded completions are attested, traceable and verified") {
  Sample& s = sample();
  size_t composed = 0;
  size_t spliced = 0;
  for (uint64_t seed = 0; seed < 220; ++seed) {
    for (const std::string& prompt : prompts()) {
      AnswerOptions options;
      options.seed = seed;
      options.max_tokens = 8 + static_cast<uint32_t>(seed % 60);
      options.grounding = static_cast<Grounding>(seed % 3);
      options.max_quote = seed % 4 == 3 ? 9 : 0;
      const auto completion = s.engine.answer(Operation::kComplete, prompt, options);
      REQUIRE(completion.is_ok());
      const Answer& result = completion.value();
      const VerifyReport report = s.verifier.verify(result);
      CAPTURE(prompt);
      CAPTURE(seed);
      CAPTURE(result.text);
      for (const std::string& problem : report.problems) FAIL_CHECK(problem);
      CHECK(report.valid);
      CHECK(report.attested_windows == report.windows);
      CHECK(result.refused == result.fragments.empty());
      uint32_t tokens = 0;
      for (const Fragment& fragment : result.fragments) {
        tokens += fragment.tokens;
        const std::string text = text_of(fragment.source.document_id);
        CHECK(slice(text, fragment.source.begin_bytes, fragment.text.size()) == fragment.text);
      }
      CHECK(tokens <= options.max_tokens);
      composed += result.refused ? 0 : 1;
      spliced += result.fragments.size() > 1 && result.fragments[0].source.document_id !=
                                                    result.fragments[1].source.document_id
                     ? 1
                     : 0;
      if (options.grounding != Grounding::kPhrase) {
        for (size_t i = 1; i < result.fragments.size(); ++i) {
          CHECK(result.fragments[i].source.begin_bytes == result.fragments[i - 1].source.end_bytes);
        }
      }
    }
  }
  CHECK(composed > 1500);
  CHECK(spliced > 25);
}

TEST_CASE("a prompt that names a document is completed from it alone") {
  Sample& s = sample();
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const auto completion =
        s.engine.answer(Operation::kComplete, "Alderbury was founded in", {.seed = seed});
    REQUIRE(completion.is_ok());
    for (const Fragment& fragment : completion.value().fragments)
      CHECK(fragment.source.title == "Alderbury");
  }
}

TEST_CASE("what the prompt names must be what the source speaks of") {
  Sample& s = sample();
  CHECK(s.engine.answer(Operation::kComplete, "The economy of Lilliput is heavily dependent on", {})
            .value()
            .refused);
  CHECK(s.engine.answer(Operation::kComplete, "In 2345, trade with the towns along", {})
            .value()
            .refused);
  CHECK_FALSE(s.engine.answer(Operation::kComplete, "The economy is heavily dependent on", {})
                  .value()
                  .refused);
}

TEST_CASE("the same call gives the same bytes, whatever the budget of a step") {
  Sample& s = sample();
  for (const std::string& prompt : prompts()) {
    const AnswerOptions options{.seed = 11};
    const std::string whole =
        to_json(s.engine.answer(Operation::kComplete, prompt, options).value());
    CHECK(to_json(s.engine.answer(Operation::kComplete, prompt, options).value()) == whole);
    auto task = s.engine.start(Operation::kComplete, prompt, options);
    REQUIRE(task.is_ok());
    size_t fragments = 0;
    while (task.value().step(1)) {
      CHECK(task.value().result().fragments.size() >= fragments);
      fragments = task.value().result().fragments.size();
    }
    CHECK(to_json(task.value().result()) == whole);
  }
}

TEST_CASE("seeds give different completions of an open prompt") {
  Sample& s = sample();
  std::vector<std::string> texts;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    texts.push_back(
        s.engine.answer(Operation::kComplete, "The economy is heavily dependent on", {.seed = seed})
            .value()
            .text);
  }
  std::sort(texts.begin(), texts.end());
  CHECK(std::unique(texts.begin(), texts.end()) - texts.begin() >= 5);
}

TEST_CASE("what the pack does not hold is refused with a reason") {
  Sample& s = sample();
  for (const char* prompt : {"", "   ", "Quantum chromodynamics predicts", "\xFF\xFE", "xyzzy"}) {
    const auto completion = s.engine.answer(Operation::kComplete, prompt, {});
    REQUIRE(completion.is_ok());
    CHECK(completion.value().refused);
    CHECK_FALSE(completion.value().reason.empty());
    CHECK(completion.value().text.empty());
  }
  CHECK(s.engine.answer(Operation::kComplete, "a", {.max_tokens = 0}).status().code() ==
        StatusCode::kInvalidArgument);
}

TEST_CASE("a walk that splices anywhere is caught by its windows") {
  Sample& s = sample();
  CHECK(s.verifier.verify_windows("The economy is heavily dependent on the sale of").valid);
  CHECK_FALSE(s.verifier.verify_windows("The economy is heavily dependent on the language").valid);
}

TEST_CASE("counts, followers and places agree with a scan of the text") {
  Sample& s = sample();
  std::string all;
  for (const Document& document : s.documents) all += document.text;
  const std::string phrase = " heavily dependent on the sale of";
  size_t scanned = 0;
  for (size_t at = all.find(phrase); at != std::string::npos; at = all.find(phrase, at + 1))
    ++scanned;
  CHECK(s.engine.count(phrase).value() == scanned);
  const NextTokens next = s.engine.next(phrase, 100).value();
  uint64_t sum = 0;
  for (const NextToken& token : next.tokens) sum += token.count;
  CHECK(next.count == scanned);
  CHECK(sum == scanned);
  CHECK(next.distinct == next.tokens.size());
  const Located located = s.engine.locate(phrase, 1000).value();
  CHECK(located.count == scanned);
  CHECK(located.sources.size() == scanned);
  for (const Source& source : located.sources) {
    CHECK(slice(text_of(source.document_id), source.begin_bytes, phrase.size()) == phrase);
    CHECK(source.headings == std::vector<std::string>{"Economy"});
    CHECK(source.url.ends_with("#economy"));
  }
  CHECK(s.engine.count("no such words here").value() == 0);
  CHECK(s.engine.locate("", 3).status().code() == StatusCode::kInvalidArgument);
}

TEST_CASE("predict lists the most probable tokens, and explain_next says why") {
  Engine& engine = sample().engine;
  const std::string text = "The economy is heavily dependent on the sale of";
  const auto predictions = engine.predict(text, 5);
  REQUIRE(predictions.is_ok());
  REQUIRE(predictions.value().tokens.size() == 5);
  double last = 1;
  for (const PredictedToken& token : predictions.value().tokens) {
    CAPTURE(token.text);
    CHECK(token.probability <= last);
    last = token.probability;
    const auto explanation = engine.explain_next(text, token.text);
    REQUIRE(explanation.is_ok());
    CHECK(explanation.value().token == token.text);
    CHECK(explanation.value().probability == token.probability);
    double contributions = 0;
    double shares = 0;
    bool names_context = false;
    for (const ExpertPart& part : explanation.value().experts) {
      contributions += part.contribution;
      if (part.level == "token" || part.expert == "session context") {
        CHECK(text.ends_with(part.context));
        CHECK(!part.context.empty());
        names_context = true;
      }
    }
    for (const LevelShare& level : explanation.value().levels) shares += level.share;
    CHECK(names_context);
    CHECK(contributions == doctest::Approx(1));
    CHECK(shares == doctest::Approx(1));
  }
  CHECK(engine.predict(text, 0).value().tokens.empty());
  CHECK(engine.explain_next(text, "").status().code() == StatusCode::kInvalidArgument);
}

TEST_CASE("suggestions go on from a text, with what they replace and why") {
  Sample& s = sample();
  const auto result = s.engine.suggest("The economy is heavily depend", {});
  REQUIRE(result.is_ok());
  const Suggestions& suggestions = result.value();
  REQUIRE_FALSE(suggestions.suggestions.empty());
  CHECK(suggestions.suggestions.size() <= 3);
  CHECK(suggestions.suggestions[0].text.starts_with("ent on"));
  CHECK(suggestions.coverage.tokens == s.engine.coverage().tokens);

  const auto corrected = s.engine.suggest("— the sale of wolo", {.limit = 1});
  REQUIRE(corrected.value().suggestions.size() == 1);
  const Suggestion& wool = corrected.value().suggestions[0];
  CHECK(wool.text.starts_with("wool"));
  CHECK(wool.corrected);
  const std::string json = to_json(corrected.value());
  CHECK(json.starts_with(R"({"suggestions":[{"text":"wool)"));
  CHECK(json.find(R"("replaces":4,"replacesBytes":4,"probability":)") != std::string::npos);
  CHECK(json.find(R"("corrected":true,"levels":[{"level":")") != std::string::npos);
  CHECK(json.find(R"("coverage":{)") != std::string::npos);
  CHECK(to_json(Suggestions{{}, {}}).starts_with(R"({"suggestions":[],"coverage":{)"));

  CHECK(s.engine.suggest(std::string((1u << 20) + 1, 'a'), {}).status().code() ==
        StatusCode::kInvalidArgument);
}

TEST_CASE("suggestions come from what is mounted, whatever was mounted before") {
  Sample& s = sample();
  const auto& files = s.pack.files;
  Expresser expresser;
  REQUIRE(expresser.open_tables(files[0].bytes).is_ok());
  REQUIRE(expresser.add_shard(files[1].bytes).is_ok());
  const auto image = expresser.express();
  REQUIRE(image.is_ok());
  Engine engine;
  REQUIRE(engine.open_tables(files[0].bytes).is_ok());
  REQUIRE(engine.mount(image.value()).is_ok());
  const std::string text = "Trade with the towns along the coast has grown";
  const std::string first = to_json(engine.suggest(text, {}).value());
  REQUIRE(engine.mount(s.image).is_ok());
  const std::string second = to_json(engine.suggest(text, {}).value());
  CHECK(second != first);
  CHECK(second == to_json(s.engine.suggest(text, {}).value()));
  // What is refused leaves the mounted one and its session as they are.
  CHECK_FALSE(engine.mount(std::span(s.image).first(100)).is_ok());
  CHECK(to_json(engine.suggest(text, {}).value()) == second);
}

TEST_CASE("score measures a text, which its own source predicts best") {
  const Engine& engine = sample().engine;
  const std::string& own = sample().documents[3].text;
  const auto score = engine.score(own, 50);
  REQUIRE(score.is_ok());
  CHECK(score.value().bytes == own.size());
  CHECK(score.value().words > 50);
  CHECK(score.value().tokens >= score.value().words);
  CHECK(score.value().sums == score.value().tokens / 50);
  CHECK(score.value().max_sum_error < 1e-9);
  const auto unchecked = engine.score(own, 0);
  CHECK(unchecked.value().bits == score.value().bits);
  CHECK(unchecked.value().sums == 0);

  std::string reversed(own.rbegin(), own.rend());
  CHECK(engine.score(reversed, 0).value().bits > 5 * score.value().bits);
  const auto empty = engine.score("", 0);
  CHECK(empty.value().tokens == 1);  // its end
  CHECK(empty.value().bits > 0);
}

TEST_CASE("trace finds the maximal attested spans and their sources") {
  Sample& s = sample();
  const std::string text =
      "Someone said the economy is heavily dependent on the sale of bananas. Most people in the "
      "town "
      "speak the language of the coast — Ünsel — and like it.";
  const Trace trace = s.engine.trace(text, {}).value();
  REQUIRE(trace.spans.size() == 2);
  const auto span_text = [&](const TraceSpan& span) {
    return slice(text, span.begin_bytes, span.end_bytes - span.begin_bytes);
  };
  CHECK(span_text(trace.spans[0]) == "economy is heavily dependent on the sale of");
  CHECK(span_text(trace.spans[1]) ==
        "Most people in the town speak the language of the coast — Ünsel — and");
  CHECK(trace.spans[1].end_utf16 < trace.spans[1].end_bytes);
  for (const TraceSpan& span : trace.spans) {
    REQUIRE_FALSE(span.sources.empty());
    for (const Source& source : span.sources) {
      CHECK(slice(text_of(source.document_id), source.begin_bytes,
                  source.end_bytes - source.begin_bytes) == span_text(span));
    }
  }
  CHECK(trace.covered > 0.5);
  CHECK(s.engine.trace("", {}).value().spans.empty());
  // A document is one span up to whatever follows it.
  const Trace whole = s.engine.trace(s.documents[5].text, {}).value();
  REQUIRE_FALSE(whole.spans.empty());
  CHECK(whole.spans[0].words > 100);
  CHECK(whole.covered == 1);
}

TEST_CASE("trace finds no span of no words") {
  Sample& s = sample();
  for (const std::string_view text : {"X\xE7", "Zzyzx", "Zzyzx the Qwrty", ""}) {
    const Trace trace = s.engine.trace(text, {.min_words = 0}).value();
    for (const TraceSpan& span : trace.spans) {
      CHECK(span.words > 0);
      CHECK(span.begin_bytes < span.end_bytes);
    }
    CHECK(trace.spans.size() == s.engine.trace(text, {.min_words = 1}).value().spans.size());
  }
}

TEST_CASE("an excerpt shows a source in its place, in both kinds of offsets") {
  Sample& s = sample();
  const Document& document = s.documents[3];
  const size_t at = document.text.find("Ünsel");
  REQUIRE(at != std::string::npos);
  const Located located = s.engine.locate(" Ünsel", 200).value();
  const auto source =
      std::find_if(located.sources.begin(), located.sources.end(),
                   [&](const Source& place) { return place.document_id == document.id; });
  REQUIRE(source != located.sources.end());
  const Excerpt excerpt =
      s.engine.excerpt(document.id, source->begin_utf16 + 1, source->end_utf16, 20).value();
  CHECK(excerpt.text == "Ünsel");
  CHECK(slice(document.text, excerpt.source.begin_bytes, 6) == "Ünsel");
  CHECK(document.text.find(excerpt.before + excerpt.text + excerpt.after) != std::string::npos);
  CHECK(excerpt.before.size() <= 20);
  CHECK(s.engine.excerpt("nobody", 0, 1, 10).status().code() == StatusCode::kNotFound);
  CHECK(s.engine.excerpt(document.id, 5, 5, 10).status().code() == StatusCode::kInvalidArgument);
  CHECK(s.engine.excerpt(document.id, 1'000'000, 1'000'001, 10).status().code() ==
        StatusCode::kInvalidArgument);
}

TEST_CASE("the first shard answers, and says what it covers") {
  Sample& s = sample();
  const auto& files = s.pack.files;
  Expresser expresser;
  REQUIRE(expresser.open_tables(files[0].bytes).is_ok());
  REQUIRE(expresser.add_shard(files[1].bytes).is_ok());
  const auto image = expresser.express();
  REQUIRE(image.is_ok());
  Engine engine;
  REQUIRE(engine.open_tables(files[0].bytes).is_ok());
  REQUIRE(engine.mount(image.value()).is_ok());
  CHECK(engine.open_tables(files[0].bytes).code() == StatusCode::kInvalidArgument);
  CHECK(engine.coverage().shards == 1);
  CHECK(engine.coverage().tokens < engine.coverage().token_count);
  const auto before =
      engine.answer(Operation::kComplete, "The economy is heavily dependent on", {});
  CHECK_FALSE(before.value().refused);

  // A task goes on over what it began with while the engine moves to more.
  auto task = engine.start(Operation::kComplete, "The economy is heavily dependent on", {});
  REQUIRE(task.is_ok());
  task.value().step(1);
  REQUIRE(engine.mount(s.image).is_ok());
  while (task.value().step(100)) {
  }
  CHECK(to_json(task.value().result()) == to_json(before.value()));
  CHECK(engine.coverage().tokens == engine.coverage().token_count);
  CHECK(
      engine.answer(Operation::kComplete, "The economy is heavily dependent on", {}).value().text ==
      s.engine.answer(Operation::kComplete, "The economy is heavily dependent on", {})
          .value()
          .text);
}

TEST_CASE("a damaged image is refused and the mounted one goes on answering") {
  Sample& s = sample();
  const std::string before =
      to_json(s.engine.answer(Operation::kComplete, "Trade with the towns along", {}).value());
  Random random(5);
  for (size_t length = 0; length < s.image.size(); length += 1 + random.below(4000)) {
    CHECK_FALSE(s.engine.mount(std::span(s.image).first(length)).is_ok());
  }
  for (int i = 0; i < 300; ++i) {
    std::vector<uint8_t> image = s.image;
    image[random.below(static_cast<uint32_t>(image.size()))] ^=
        static_cast<uint8_t>(1u << random.below(8));
    Engine other;
    REQUIRE(other.open_tables(s.pack.files[0].bytes).is_ok());
    if (!other.mount(image).is_ok()) continue;
    // What slips through may answer otherwise, but must answer.
    CHECK(other
              .answer(Operation::kComplete, "Trade with the towns along",
                      {.seed = static_cast<uint64_t>(i)})
              .is_ok());
  }
  CHECK(to_json(s.engine.answer(Operation::kComplete, "Trade with the towns along", {}).value()) ==
        before);
}

TEST_CASE("a cancelled expression gives AbortError") {
  Sample& s = sample();
  Expresser expresser;
  REQUIRE(expresser.open_tables(s.pack.files[0].bytes).is_ok());
  REQUIRE(expresser.add_shard(s.pack.files[1].bytes).is_ok());
  const auto image = expresser.express([](std::string_view, uint64_t, uint64_t) { return false; });
  CHECK(image.status().code() == StatusCode::kAborted);
}

}  // namespace
}  // namespace cento
