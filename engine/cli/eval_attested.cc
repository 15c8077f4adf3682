#include "cli/eval_attested.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "cento/engine.h"
#include "cento/verify.h"
#include "cli/drawn_sentences.h"
#include "cli/files.h"
#include "cli/pack_files.h"
#include "cli/report.h"
#include "cli/stopwatch.h"
#include "text/boundaries.h"
#include "text/units.h"

namespace cento::cli {
namespace {

constexpr size_t kMaxProblems = 10;
constexpr uint32_t kTriesPerOutput = 10;
constexpr size_t kPromptWords = 4;

std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view kWhiteSpace = " \t\r\n";
  std::vector<std::string_view> words;
  for (size_t begin = text.find_first_not_of(kWhiteSpace); begin != text.npos;) {
    const size_t end = std::min(text.find_first_of(kWhiteSpace, begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = text.find_first_not_of(kWhiteSpace, end);
  }
  return words;
}

// Prompts -----------------------------------------------------------------------------------------

Result<std::vector<std::string>> read_prompts(const std::string& path) {
  CENTO_ASSIGN_OR_RETURN(const std::string text, read_file(path));
  std::vector<std::string> prompts;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string line = text.substr(begin, end - begin);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!words_of(line).empty()) prompts.push_back(std::move(line));
    begin = end + 1;
  }
  if (prompts.empty()) return Status::invalid_argument("There is no prompt in " + path + ".");
  return prompts;
}

// Beginnings of sentences at seeded places.
Result<std::vector<std::string>> draw_prompts(const PackFiles& files, uint32_t count,
                                              uint64_t seed) {
  CENTO_ASSIGN_OR_RETURN(std::vector<std::string> prompts,
                         draw_sentences(files, kPromptWords + 1, count, seed));
  for (std::string& prompt : prompts) {
    const std::vector<Unit> units = find_units(prompt);
    prompt = prompt.substr(units[0].begin, units[kPromptWords - 1].end - units[0].begin);
  }
  return prompts;
}

// Figures -----------------------------------------------------------------------------------------

// Adds up what outputs are measured by.
class Tally {
 public:
  Tally(Engine& engine, const Verifier& verifier) : engine_(engine), verifier_(verifier) {}

  Status add(const Answer& completion) {
    ++figures_.outputs;
    add_proof(completion);
    for (const Fragment& fragment : completion.fragments) {
      fragment_tokens_.push_back(fragment.tokens);
      tokens_ += fragment.tokens;
    }
    seams_ += completion.fragments.size() - std::min<size_t>(1, completion.fragments.size());
    sentences_ += find_boundaries(completion.text).size();
    add_words(completion.text);
    return add_quotes(completion.text);
  }
  void add_refusal() { ++figures_.refused; }

  AttestedFigures finish(double seconds) {
    const auto share = [](double part, double whole) { return whole > 0 ? part / whole : 0; };
    figures_.median_fragment_tokens = quantile(fragment_tokens_, 0.5);
    figures_.seams_per_sentence =
        share(static_cast<double>(seams_), static_cast<double>(sentences_));
    figures_.distinct2 =
        share(static_cast<double>(pairs_.size()), static_cast<double>(pair_count_));
    figures_.tokens_per_second = share(static_cast<double>(tokens_), seconds);
    return std::move(figures_);
  }

 private:
  void add_proof(const Answer& completion) {
    const VerifyReport report = verifier_.verify(completion);
    if (!report.valid) ++figures_.invalid;
    for (const std::string& problem : report.problems) {
      if (figures_.problems.size() == kMaxProblems) break;
      figures_.problems.push_back(problem);
    }
    figures_.windows += report.windows;
    figures_.attested_windows += report.attested_windows;
  }

  void add_words(std::string_view text) {
    const std::vector<std::string_view> words = words_of(text);
    for (size_t i = 1; i < words.size(); ++i) {
      pairs_.emplace(words[i - 1], words[i]);
      ++pair_count_;
    }
  }

  // A run may reach over a seam, when another document or place has both sides: so it is looked up.
  Status add_quotes(std::string_view text) {
    TraceOptions options;
    options.max_sources = 1;
    CENTO_ASSIGN_OR_RETURN(const Trace trace, engine_.trace(text, options));
    for (const TraceSpan& span : trace.spans) {
      figures_.longest_quote = std::max<uint64_t>(figures_.longest_quote, span.words);
    }
    return Status::ok();
  }

  Engine& engine_;
  const Verifier& verifier_;
  AttestedFigures figures_;
  std::vector<double> fragment_tokens_;
  std::set<std::pair<std::string, std::string>> pairs_;
  uint64_t pair_count_ = 0;
  uint64_t tokens_ = 0;
  uint64_t seams_ = 0;
  uint64_t sentences_ = 0;
};

}  // namespace

Result<AttestedFigures> eval_attested(const AttestedOptions& options) {
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(options.folder));
  Verifier verifier;
  CENTO_RETURN_IF_ERROR(pack.files.feed(verifier));
  CENTO_ASSIGN_OR_RETURN(const std::vector<std::string> prompts,
                         options.prompts.empty()
                             ? draw_prompts(pack.files, options.outputs, options.seed)
                             : read_prompts(options.prompts));
  Tally tally(*pack.engine, verifier);
  double seconds = 0;
  const uint64_t most_tries = uint64_t{options.outputs} * kTriesPerOutput;
  for (uint64_t tries = 0, outputs = 0; outputs < options.outputs && tries < most_tries; ++tries) {
    AnswerOptions complete = options.complete;
    complete.seed = options.seed + tries / prompts.size();
    const Stopwatch stopwatch;
    CENTO_ASSIGN_OR_RETURN(
        const Answer completion,
        pack.engine->answer(Operation::kComplete, prompts[tries % prompts.size()], complete));
    seconds += stopwatch.seconds();
    if (completion.refused) {
      tally.add_refusal();
      continue;
    }
    CENTO_RETURN_IF_ERROR(tally.add(completion));
    ++outputs;
  }
  return tally.finish(seconds);
}

}  // namespace cento::cli
