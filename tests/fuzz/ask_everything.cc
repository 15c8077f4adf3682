#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/answer_reader.h"
#include "fuzz_pack.h"

namespace cento::fuzz {
namespace {

void require_json(const std::string& json) { require(nlohmann::json::accept(json)); }

}  // namespace

void check_answer(OpenedPack& pack, const Answer& answer) {
  const VerifyReport report = pack.verifier.verify(answer);
  const std::string json = to_json(answer);
  if (!report.valid) std::fprintf(stderr, "%s\n%s\n", json.c_str(), to_json(report).c_str());
  require(report.valid);
  const auto read = cli::parse_answer(json);
  require(read.is_ok() && to_json(read.value()) == json);
  // By composing it again, which takes as long: not always.
  if (answer.fragments.empty() || answer.receipt.input.size() % 4 != 0) return;
  const auto explanation = pack.engine.explain(answer.receipt, 0);
  require(explanation.is_ok());
  require_json(to_json(explanation.value()));
}

void ask_everything(OpenedPack& pack, std::string_view text) {
  Engine& engine = pack.engine;
  // One of them, by the input: each takes a while.
  const auto operation = static_cast<Operation>(text.size() % 3);
  const AnswerOptions options = {.max_tokens = text.size() % 2 == 0 ? 6u : 20u, .sentences = 3};
  const auto answer = engine.answer(operation, text, options);
  require(answer.is_ok());
  check_answer(pack, answer.value());
  require_json(to_json(engine.search(text, {}).value()));
  require_json(to_json(engine.check(text).value()));
  require_json(to_json(engine.trace(text, {.min_words = 2}).value()));
  require_json(to_json(engine.suggest(text, {}).value()));
  require_json(to_json(engine.predict(text, 3).value()));
  require_json(to_json(engine.next(text, 3).value()));
  require_json(to_json(engine.score(text, 7).value()));
  require_json(to_json(engine.summary()));
}

}  // namespace cento::fuzz
