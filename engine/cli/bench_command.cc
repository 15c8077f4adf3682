// bench: how long each operation takes on a pack, one call after the other.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cento/engine.h"
#include "cli/bench_index.h"
#include "cli/command.h"
#include "cli/drawn_sentences.h"
#include "cli/files.h"
#include "cli/pack_files.h"
#include "cli/report.h"
#include "cli/stopwatch.h"

namespace cento::cli {
namespace {

constexpr uint64_t kSeed = 1;
constexpr size_t kLeastUnits = 8;  // of the sentences that operations are given
constexpr uint32_t kSentences = 20;

// Sums what operations give, so that none is left out by the compiler and runs can be compared.
using Checksum = uint64_t;

// Words [first, first + count) of a sentence, as they stand.
std::string words(std::string_view sentence, size_t first, size_t count) {
  constexpr std::string_view kSpace = " \t\r\n";
  size_t begin = sentence.find_first_not_of(kSpace);
  for (; first > 0 && begin != sentence.npos; --first) {
    begin = sentence.find_first_not_of(kSpace, sentence.find_first_of(kSpace, begin));
  }
  if (begin == sentence.npos) return std::string(sentence);
  size_t end = begin;
  for (; count > 0 && end != sentence.npos; --count) {
    end = sentence.find_first_of(kSpace, sentence.find_first_not_of(kSpace, end));
  }
  return std::string(sentence.substr(begin, end == sentence.npos ? end : end - begin));
}

Result<Checksum> answer(Engine& engine, Operation operation, const std::string& input,
                        uint32_t max_tokens) {
  AnswerOptions options;
  options.max_tokens = max_tokens;
  CENTO_ASSIGN_OR_RETURN(const Answer answer, engine.answer(operation, input, options));
  return Checksum{answer.text.size()};
}

struct BenchOperation {
  const char* name;
  // Call number `call`, given a sentence of the pack.
  Result<Checksum> (*run)(Engine& engine, const std::string& sentence, uint32_t call);
};

constexpr uint32_t kShort = 12;  // tokens: ghost text
constexpr uint32_t kLong = 40;

const BenchOperation kOperations[] = {
    {"followers",
     [](Engine& engine, const std::string&, uint32_t call) -> Result<Checksum> {
       return engine.bench_followers(kSeed, call, 1);
     }},
    {"encode",
     [](Engine& engine, const std::string& sentence, uint32_t) -> Result<Checksum> {
       CENTO_ASSIGN_OR_RETURN(const std::vector<uint32_t> tokens, engine.encode(sentence));
       return Checksum{tokens.size()};
     }},
    {"count",
     [](Engine& engine, const std::string& sentence, uint32_t) -> Result<Checksum> {
       return engine.count(" " + words(sentence, 1, 3));
     }},
    {"locate",
     [](Engine& engine, const std::string& sentence, uint32_t) -> Result<Checksum> {
       CENTO_ASSIGN_OR_RETURN(const Located located,
                              engine.locate(" " + words(sentence, 1, 2), 10));
       return located.count;
     }},
    {"predict",
     [](Engine& engine, const std::string& sentence, uint32_t) -> Result<Checksum> {
       CENTO_ASSIGN_OR_RETURN(const Predictions made, engine.predict(words(sentence, 0, 5), 10));
       return Checksum{made.tokens.size()};
     }},
    {"score",
     [](Engine& engine, const std::string& sentence, uint32_t) -> Result<Checksum> {
       CENTO_ASSIGN_OR_RETURN(const Score score, engine.score(sentence, 0));
       return Checksum{score.tokens};
     }},
    {"suggest",
     [](Engine& engine, const std::string& sentence, uint32_t) -> Result<Checksum> {
       std::string typed = words(sentence, 0, 5);
       typed.pop_back();
       CENTO_ASSIGN_OR_RETURN(const Suggestions made, engine.suggest(typed, {}));
       return Checksum{made.suggestions.size()};
     }},
    {"ghost",
     [](Engine& engine, const std::string& sentence, uint32_t) {
       return answer(engine, Operation::kComplete, words(sentence, 0, 5), kShort);
     }},
    {"complete",
     [](Engine& engine, const std::string& sentence, uint32_t) {
       return answer(engine, Operation::kComplete, words(sentence, 0, 4), kLong);
     }},
    {"ask",
     [](Engine& engine, const std::string& sentence, uint32_t) {
       return answer(engine, Operation::kAsk, "What " + words(sentence, 1, 6) + "?", kLong);
     }},
    {"overview",
     [](Engine& engine, const std::string& sentence, uint32_t) {
       return answer(engine, Operation::kOverview, words(sentence, 3, 2), kLong);
     }},
    {"search",
     [](Engine& engine, const std::string& sentence, uint32_t) -> Result<Checksum> {
       CENTO_ASSIGN_OR_RETURN(const SearchResults found, engine.search(words(sentence, 2, 3), {}));
       return Checksum{found.results.size()};
     }},
    {"trace",
     [](Engine& engine, const std::string& sentence, uint32_t) -> Result<Checksum> {
       CENTO_ASSIGN_OR_RETURN(const Trace trace, engine.trace(sentence, {}));
       return Checksum{trace.spans.size()};
     }},
    {"check",
     [](Engine& engine, const std::string& sentence, uint32_t) -> Result<Checksum> {
       CENTO_ASSIGN_OR_RETURN(const CheckReport report, engine.check(sentence));
       return report.attested;
     }},
};

struct BenchArguments {
  std::string folder;
  std::vector<std::string> only;
  std::string sentences;  // file of them, one a line; empty: they are drawn
  bool index = false;
  uint32_t calls = 200;
};

// As many however many calls, so that runs differ by their calls alone.
Result<std::vector<std::string>> sentences_of(const BenchArguments& arguments,
                                              const MountedPack& pack) {
  if (arguments.sentences.empty()) {
    return draw_sentences(pack.files, kLeastUnits, kSentences, kSeed);
  }
  CENTO_ASSIGN_OR_RETURN(const std::string text, read_file(arguments.sentences));
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  if (lines.empty()) return Status::invalid_argument("The file holds no sentence.");
  return lines;
}

Result<int> bench(const BenchArguments& arguments, bool json) {
  Report report;
  if (arguments.index) {
    CENTO_RETURN_IF_ERROR(bench_index(arguments.folder, arguments.calls, report));
    CENTO_RETURN_IF_ERROR(report.print(json));
    return kExitOk;
  }
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(arguments.folder));
  CENTO_ASSIGN_OR_RETURN(const std::vector<std::string> sentences, sentences_of(arguments, pack));
  report.number("expressSeconds", "seconds to build the index", pack.express_seconds, 3)
      .count("calls", "calls of each operation", arguments.calls);
  for (const BenchOperation& operation : kOperations) {
    const bool is_wanted =
        arguments.only.empty() || std::find(arguments.only.begin(), arguments.only.end(),
                                            operation.name) != arguments.only.end();
    if (!is_wanted) continue;
    std::vector<double> seconds;
    Checksum checksum = 0;
    for (uint32_t call = 0; call < arguments.calls; ++call) {
      const Stopwatch stopwatch;
      CENTO_ASSIGN_OR_RETURN(const Checksum result,
                             operation.run(*pack.engine, sentences[call % sentences.size()], call));
      seconds.push_back(stopwatch.seconds());
      checksum += result;
    }
    const std::string name = operation.name;
    report.number(name + "P50Us", name + ": microseconds, median", quantile(seconds, 0.5) * 1e6, 2)
        .number(name + "P99Us", name + ": 99th percentile", quantile(seconds, 0.99) * 1e6, 2)
        .count(name + "Checksum", name + ": checksum", checksum);
  }
  CENTO_RETURN_IF_ERROR(report.print(json));
  return kExitOk;
}

}  // namespace

void add_bench_command(CLI::App& app, Invocation& invocation) {
  CLI::App& command =
      add_command(app, "bench", "Time each operation on sentences of a pack", invocation);
  auto arguments = std::make_shared<BenchArguments>();
  command.add_option("DIR", arguments->folder, "Folder of the pack")->required();
  std::vector<std::string> names;
  for (const BenchOperation& operation : kOperations) names.emplace_back(operation.name);
  command.add_option("--only", arguments->only, "An operation; may be repeated")
      ->check(CLI::IsMember(names));
  command.add_option("--sentences", arguments->sentences,
                     "File of what operations are given, one a line; else sentences of the pack");
  command.add_flag("--index", arguments->index,
                   "The steps of the pattern index below them; a call is 1,000 steps");
  command.add_option("--calls", arguments->calls, "Of each operation; 0 builds the index alone")
      ->check(CLI::Range(0u, 1'000'000u))
      ->capture_default_str();
  command.callback([arguments, &invocation] {
    invocation.run = [arguments, &invocation] { return bench(*arguments, invocation.json); };
  });
}

}  // namespace cento::cli
