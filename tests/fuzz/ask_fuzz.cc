// Any text, options and sessions, asked of a good pack: answers are proved, and everything is JSON.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fuzz_pack.h"

namespace {

using cento::Engine;
using cento::fuzz::OpenedPack;
using cento::fuzz::Pieces;
using cento::fuzz::require;

void require_json(const std::string& json) { require(nlohmann::json::accept(json)); }

// Small numbers mostly, and the largest.
uint32_t count_of(uint8_t byte) { return byte == 255 ? ~uint32_t{0} : byte; }

cento::AnswerOptions take_options(Pieces& pieces) {
  cento::AnswerOptions options;
  options.max_tokens = count_of(pieces.byte());
  options.max_words = count_of(pieces.byte());
  options.sentences = count_of(pieces.byte());
  const uint8_t kinds = pieces.byte();
  options.seed = kinds / 16;
  options.max_quote = pieces.byte() % 16;
  options.grounding = static_cast<cento::Grounding>(kinds % 3);
  options.effort = static_cast<cento::Effort>(kinds / 3 % 3);
  return options;
}

void ask(OpenedPack& pack, Pieces& pieces) {
  const auto operation = static_cast<cento::Operation>(pieces.byte() % 3);
  const cento::AnswerOptions options = take_options(pieces);
  std::vector<cento::Turn> session;
  for (uint32_t turns = pieces.byte() % 4; turns > 0; --turns) {
    session.push_back({std::string(pieces.text()), std::string(pieces.text())});
  }
  const auto answer =
      pack.engine.answer(operation, cento::as_text(pieces.rest()), options, session);
  require(answer.is_ok() == (options.max_tokens > 0));
  if (answer.is_ok()) check_answer(pack, answer.value());
}

void suggest(Engine& engine, Pieces& pieces) {
  const cento::SuggestOptions options = {.limit = count_of(pieces.byte()) % 64,
                                         .max_words = count_of(pieces.byte()) % 16,
                                         .max_edits = count_of(pieces.byte()),
                                         .skip_shown = pieces.byte() % 2 == 1,
                                         .add_space = pieces.byte() % 2 == 1};
  // What was typed before says what is typed anew.
  const std::string_view before = pieces.text();
  require_json(to_json(engine.suggest(before, options).value()));
  const std::string text = std::string(before) + std::string(cento::as_text(pieces.rest()));
  require_json(to_json(engine.suggest(text, options).value()));
}

void search(Engine& engine, Pieces& pieces) {
  cento::SearchOptions options;
  options.limit = count_of(pieces.byte());
  for (uint32_t count = pieces.byte() % 3; count > 0; --count) {
    options.within.emplace_back(pieces.text());
  }
  require_json(to_json(engine.search(cento::as_text(pieces.rest()), options).value()));
}

void look_up(Engine& engine, Pieces& pieces) {
  const uint32_t limit = count_of(pieces.byte());
  const std::string_view text = cento::as_text(pieces.rest());
  const auto next = engine.next(text, limit);
  require(next.is_ok());
  require_json(to_json(next.value()));
  if (!text.empty()) require_json(to_json(engine.locate(text, limit).value()));
  require_json(to_json(engine.predict(text, limit).value()));
  const auto tokens = engine.encode(text);
  require(tokens.is_ok() && engine.decode(tokens.value()).value() == text);
  require_json(to_json(engine.attested_mask(tokens.value()).value()));
}

void excerpt(Engine& engine, Pieces& pieces) {
  const uint64_t begin = pieces.number();
  const uint64_t end = pieces.byte() == 255 ? ~uint64_t{0} : pieces.number();
  const uint32_t context = count_of(pieces.byte());
  const std::string_view id = cento::as_text(pieces.rest());
  for (const std::string_view document :
       {id, std::string_view("keeper"), std::string_view("log")}) {
    const auto excerpt = engine.excerpt(document, begin, end, context);
    if (excerpt.is_ok()) require_json(to_json(excerpt.value()));
  }
}

// Numbers that are tokens, or not.
void decode(Engine& engine, Pieces& pieces) {
  std::vector<uint32_t> tokens;
  while (!pieces.is_empty()) tokens.push_back(pieces.number());
  (void)engine.decode(tokens);
  (void)engine.attested_mask(tokens);
}

void explain_next(Engine& engine, Pieces& pieces) {
  const std::string_view text = pieces.text();
  const std::string_view next = cento::as_text(pieces.rest());
  const auto explanation = engine.explain_next(text, next);
  require(explanation.is_ok() == !next.empty());
  if (explanation.is_ok()) require_json(to_json(explanation.value()));
  require_json(to_json(engine.score(text, 3).value()));
}

}  // namespace

CENTO_FUZZ_TARGET(ask) {
  OpenedPack& pack = cento::fuzz::good_pack().opened;
  Engine& engine = pack.engine;
  Pieces pieces(input);
  switch (pieces.byte() % 10) {
    case 0: return suggest(engine, pieces);
    case 1: return search(engine, pieces);
    case 2: return look_up(engine, pieces);
    case 3: return excerpt(engine, pieces);
    case 4: return decode(engine, pieces);
    case 5: return explain_next(engine, pieces);
    case 6: {
      const cento::TraceOptions options = {.min_words = pieces.byte(),
                                           .max_sources = count_of(pieces.byte())};
      return require_json(to_json(engine.trace(cento::as_text(pieces.rest()), options).value()));
    }
    case 7: return require_json(to_json(engine.check(cento::as_text(pieces.rest())).value()));
    default: return ask(pack, pieces);
  }
}
