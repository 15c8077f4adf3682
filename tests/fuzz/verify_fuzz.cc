// Answers that come from anywhere: as JSON, as the bytes that the browser hands over, and good ones
// that were altered. Nothing that no document holds is ever proved.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/answer_reader.h"
#include "facade/answer_bytes.h"
#include "fuzz_pack.h"

namespace {

using cento::Answer;
using cento::fuzz::GoodPack;
using cento::fuzz::Pieces;
using cento::fuzz::require;

// What stands at its source, whatever the verifier looks at.
void require_quotes(GoodPack& pack, const Answer& answer) {
  for (const cento::Fragment& fragment : answer.fragments) {
    if (fragment.source.document_id.empty()) {
      require(answer.receipt.input.find(fragment.text) != std::string::npos);
      continue;
    }
    const auto excerpt = pack.opened.engine.excerpt(
        fragment.source.document_id, fragment.source.begin_utf16, fragment.source.end_utf16, 0);
    require(excerpt.is_ok() && excerpt.value().text == fragment.text);
  }
}

void verify(GoodPack& pack, const Answer& answer) {
  const cento::VerifyReport report = pack.opened.verifier.verify(answer);
  require(report.valid == report.problems.empty());
  require(nlohmann::json::accept(to_json(report)));
  if (report.valid) require_quotes(pack, answer);
}

// Good answers of each operation.
const std::vector<Answer>& good_answers() {
  static const auto* const instance = [] {
    auto* made = new std::vector<Answer>;
    cento::Engine& engine = cento::fuzz::good_pack().opened.engine;
    for (const auto operation :
         {cento::Operation::kComplete, cento::Operation::kAsk, cento::Operation::kOverview}) {
      for (const std::string_view text :
           {"The keeper of Sandholm", "When was Alderbury founded?"}) {
        made->push_back(engine.answer(operation, text, {}).value());
      }
    }
    return made;
  }();
  return *instance;
}

void alter(Answer& answer, Pieces& pieces) {
  if (answer.fragments.empty()) answer.fragments.emplace_back();
  cento::Fragment& fragment = answer.fragments[pieces.byte() % answer.fragments.size()];
  cento::Source& source = fragment.source;
  const uint8_t what = pieces.byte() % 16;
  const int by = pieces.byte() - 128;
  const auto move = [&](uint64_t& number) { number += static_cast<uint64_t>(by); };
  if (what == 0) answer.text += pieces.text();
  if (what == 1) fragment.text += pieces.text();
  if (what == 2) source.document_id = pieces.text();
  if (what == 3 || what == 4) move(source.begin_bytes);
  if (what == 3 || what == 5) move(source.end_bytes);
  if (what == 3 || what == 6) move(source.begin_utf16);
  if (what == 3 || what == 7) move(source.end_utf16);
  if (what == 8) answer.receipt.input = pieces.text();
  if (what == 9) answer.receipt.operation = static_cast<cento::Operation>(by & 3);
  if (what == 10) move(answer.highlight.begin_bytes);
  if (what == 11) move(answer.highlight.end_bytes);
  if (what == 12) answer.fragments.push_back(fragment);
  if (what == 13) answer.fragments.erase(answer.fragments.begin());
  if (what == 14) fragment.text = pieces.text();
  if (what == 15) answer.text.clear();
}

}  // namespace

CENTO_FUZZ_TARGET(verify) {
  GoodPack& pack = cento::fuzz::good_pack();
  Pieces pieces(input);
  const uint8_t form = pieces.byte() % 4;
  if (form == 0) {
    const auto answer = cento::cli::parse_answer(cento::as_text(pieces.rest()));
    if (answer.is_ok()) verify(pack, answer.value());
  } else if (form == 1) {
    const Answer answer = cento::AnswerReader(pieces.rest()).answer();
    verify(pack, answer);
    (void)pack.opened.engine.explain(answer.receipt, 0);
  } else {
    Answer answer = good_answers()[pieces.byte() % good_answers().size()];
    for (int alterations = 0; alterations < 8 && !pieces.is_empty(); ++alterations) {
      alter(answer, pieces);
      if (form == 3) {  // the text that the fragments make
        answer.text.clear();
        for (const cento::Fragment& fragment : answer.fragments) answer.text += fragment.text;
      }
    }
    answer.receipt.digest = cento::answer_digest(answer);
    verify(pack, answer);
  }
}
