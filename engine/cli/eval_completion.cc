#include "cli/eval_completion.h"

#include <algorithm>
#include <string_view>

#include "base/sort.h"
#include "base/utf8.h"
#include "cento/engine.h"
#include "cli/baselines.h"
#include "cli/documents.h"
#include "cli/pack_files.h"
#include "cli/progress_line.h"
#include "cli/report.h"
#include "cli/stopwatch.h"
#include "pack/pack_reader.h"
#include "text/boundaries.h"
#include "text/pretokenizer.h"

namespace cento::cli {
namespace {

constexpr size_t kMinWords = 9;
constexpr uint32_t kWords = 3;  // that must be right together

// A word of a text, without the white space around it.
struct Word {
  size_t begin;
  size_t end;
};

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  Pretokenizer pretokenizer(text);
  for (Pretoken pretoken; pretokenizer.next(pretoken);) {
    if (pretoken.kind == PretokenKind::kSpace) continue;
    const size_t space = text[pretoken.begin] == ' ' && pretoken.end - pretoken.begin > 1 ? 1 : 0;
    words.push_back({pretoken.begin + space, pretoken.end});
  }
  return words;
}

// A text cut in two.
struct Cut {
  std::string_view before;  // from the beginning of the document
  std::string_view after;   // to its end
};

std::vector<Cut> find_cuts(const std::vector<Document>& documents) {
  std::vector<Cut> cuts;
  for (const Document& document : documents) {
    const std::string_view text = document.text;
    size_t begin = 0;
    for (const Boundary& boundary : find_boundaries(text, document.headings)) {
      const std::vector<Word> words = words_of(text.substr(begin, boundary.at - begin));
      if (words.size() >= kMinWords) {
        const size_t at = begin + words[words.size() / 3].begin;
        cuts.push_back({text.substr(0, at), text.substr(at)});
      }
      begin = boundary.at;
    }
  }
  return cuts;
}

std::vector<Cut> evenly_spaced(std::vector<Cut> cuts, uint32_t limit) {
  if (limit == 0 || cuts.size() <= limit) return cuts;
  for (uint32_t i = 0; i < limit; ++i) {
    cuts[i] = cuts[static_cast<size_t>(uint64_t{i} * cuts.size() / limit)];
  }
  cuts.resize(limit);
  return cuts;
}

// How right one completion is.
struct Outcome {
  double confidence;
  bool first_word = false;
  bool first3_words = false;
  uint64_t right_characters = 0;
};

// White space of any kind counts as one space; what leads the completion does not count.
Outcome judge(std::string_view made, double confidence, std::string_view truth) {
  Outcome outcome{confidence};
  const std::vector<Word> words = words_of(made);
  const std::vector<Word> wanted = words_of(truth.substr(0, 4 * made.size() + 1024));
  size_t right = 0;
  for (; right < std::min(words.size(), wanted.size()); ++right) {
    const std::string_view word =
        made.substr(words[right].begin, words[right].end - words[right].begin);
    const std::string_view other =
        truth.substr(wanted[right].begin, wanted[right].end - wanted[right].begin);
    const auto differ = std::mismatch(word.begin(), word.end(), other.begin(), other.end()).first;
    outcome.right_characters +=
        count_characters(word.substr(0, static_cast<size_t>(differ - word.begin())));
    if (word != other) break;
    ++outcome.right_characters;  // the space behind it
  }
  if (right == words.size() && right > 0) --outcome.right_characters;
  outcome.first_word = right >= 1;
  outcome.first3_words = right >= kWords;
  return outcome;
}

CompletionShares shares_of(const std::vector<Outcome>& outcomes, size_t first) {
  CompletionShares shares;
  for (size_t i = 0; i < first; ++i) {
    shares.first_word += outcomes[i].first_word ? 1 : 0;
    shares.first3_words += outcomes[i].first3_words ? 1 : 0;
    shares.mean_right_characters += static_cast<double>(outcomes[i].right_characters);
  }
  const double count = static_cast<double>(std::max<size_t>(first, 1));
  shares.first_word /= count;
  shares.first3_words /= count;
  shares.mean_right_characters /= count;
  return shares;
}

CompleterFigures figures_of(std::vector<Outcome>& outcomes, size_t offered) {
  stable_sort(std::span(outcomes),
              [](const Outcome& a, const Outcome& b) { return a.confidence > b.confidence; });
  return {shares_of(outcomes, offered), shares_of(outcomes, outcomes.size())};
}

}  // namespace

Result<CompletionFigures> eval_completion(const CompletionOptions& options) {
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(options.folder));
  CENTO_ASSIGN_OR_RETURN(const std::vector<Document> documents, read_documents(options.inputs));
  const std::vector<Cut> cuts = evenly_spaced(find_cuts(documents), options.prompts);
  if (cuts.empty()) {
    return Status::invalid_argument("The documents have no sentence of nine words or more.");
  }
  PackReader reader;
  CENTO_RETURN_IF_ERROR(pack.files.feed(reader));
  CENTO_ASSIGN_OR_RETURN(const PatternIndex index,
                         PatternIndex::build(reader.stream(), reader.vocabulary().size(), {}));

  CompletionFigures figures;
  std::vector<Outcome> ours;
  std::vector<Outcome> longest;
  std::vector<Outcome> order5;
  std::vector<double> milliseconds;
  ProgressLine line;
  const Progress progress = line.function();
  for (const Cut& cut : cuts) {
    if (!report(progress, "completing", ours.size(), cuts.size())) return Status::aborted();
    const size_t last_word =
        cut.before.find_last_of(" \n", cut.before.size() - std::min<size_t>(cut.before.size(), 2));
    const std::string_view typed = cut.before.substr(0, std::min(last_word, cut.before.size()));
    CENTO_RETURN_IF_ERROR(
        pack.engine->answer(Operation::kComplete, typed, options.complete).status());
    const Stopwatch stopwatch;
    CENTO_ASSIGN_OR_RETURN(const Answer answer,
                           pack.engine->answer(Operation::kComplete, cut.before, options.complete));
    milliseconds.push_back(stopwatch.seconds() * 1e3);
    if (answer.refused) ++figures.refused;
    ours.push_back(judge(answer.text, answer.confidence, cut.after));
    for (const Baseline baseline : {Baseline::kLongestContext, Baseline::kOrder5}) {
      const Continuation made =
          continue_greedily(baseline, index, reader.vocabulary(), cut.before, kWords);
      (baseline == Baseline::kOrder5 ? order5 : longest)
          .push_back(judge(made.text, made.confidence, cut.after));
    }
  }
  figures.prompts = cuts.size();
  figures.offered = static_cast<uint64_t>(options.offer * static_cast<double>(cuts.size()) + 0.5);
  const auto offered = static_cast<size_t>(figures.offered);
  figures.cento = figures_of(ours, offered);
  figures.longest = figures_of(longest, offered);
  figures.order5 = figures_of(order5, offered);
  for (size_t i = 0; i < offered; ++i)
    figures.mean_confidence += ours[i].confidence / static_cast<double>(offered);
  figures.p50_ms = quantile(milliseconds, 0.5);
  figures.p99_ms = quantile(milliseconds, 0.99);
  return figures;
}

}  // namespace cento::cli
