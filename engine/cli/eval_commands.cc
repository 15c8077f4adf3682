// eval: what the engine promises, measured on a pack.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

#include "base/log2.h"
#include "cli/command.h"
#include "cli/eval_attested.h"
#include "cli/eval_completion.h"
#include "cli/eval_context.h"
#include "cli/eval_lm.h"
#include "cli/eval_order.h"
#include "cli/eval_overview.h"
#include "cli/eval_qa.h"
#include "cli/eval_typing.h"
#include "cli/grounding.h"
#include "cli/pack_files.h"
#include "cli/report.h"
#include "cli/stopwatch.h"

namespace cento::cli {
namespace {

struct FollowersOptions {
  std::string folder;
  uint32_t queries = 20'000;
  uint64_t seed = 1;
};

std::string hexadecimal(uint64_t value) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(value));
  return digits;
}

Result<int> followers(const FollowersOptions& options, bool json) {
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(options.folder));
  std::vector<double> seconds;
  seconds.reserve(options.queries);
  uint64_t checksum = 0;
  for (uint32_t query = 0; query < options.queries; ++query) {
    const Stopwatch stopwatch;
    checksum += pack.engine->bench_followers(options.seed, query, 1);
    seconds.push_back(stopwatch.seconds());
  }
  Report report;
  report.count("queries", "queries", options.queries)
      .number("p50Us", "microseconds, median", quantile(seconds, 0.5) * 1e6, 3)
      .number("p99Us", "microseconds, 99th percentile", quantile(seconds, 0.99) * 1e6, 3)
      .text("checksum", "checksum of the followers", hexadecimal(checksum));
  CENTO_RETURN_IF_ERROR(report.print(json));
  return kExitOk;
}

Result<int> attested(const AttestedOptions& options, bool json) {
  CENTO_ASSIGN_OR_RETURN(const AttestedFigures figures, eval_attested(options));
  Report report;
  report.count("outputs", "outputs", figures.outputs)
      .count("refused", "refused beside them", figures.refused)
      .count("invalid", "outputs that verify refuses", figures.invalid)
      .count("windows", "windows", figures.windows)
      .count("attestedWindows", "attested windows", figures.attested_windows)
      .number("medianFragmentTokens", "tokens of a fragment, median",
              figures.median_fragment_tokens, 1)
      .number("seamsPerSentence", "seams a sentence", figures.seams_per_sentence, 4)
      .count("longestQuote", "words of the longest quote", figures.longest_quote)
      .number("distinct2", "share of distinct word pairs", figures.distinct2, 4)
      .number("tokensPerSecond", "tokens a second", figures.tokens_per_second, 1)
      .list("problems", "problem", figures.problems);
  CENTO_RETURN_IF_ERROR(report.print(json));
  return kExitOk;
}

Result<int> order(const OrderOptions& options, bool json) {
  CENTO_ASSIGN_OR_RETURN(const OrderFigures figures, eval_order(options));
  Report report;
  report.count("paragraphs", "paragraphs of four sentences and more", figures.paragraphs)
      .count("pairs", "pairs of a paragraph and a shuffle of it", figures.pairs)
      .number("accuracy", "share of pairs told apart, ties half", figures.accuracy, 4)
      .number("seconds", "seconds", figures.seconds, 3);
  CENTO_RETURN_IF_ERROR(report.print(json));
  return kExitOk;
}

Result<int> lm(const LmOptions& options, bool json) {
  CENTO_ASSIGN_OR_RETURN(const LmFigures figures, eval_lm(options));
  const double bytes = static_cast<double>(std::max<uint64_t>(1, figures.bytes));
  const double words = static_cast<double>(std::max<uint64_t>(1, figures.words));
  Report report;
  report.count("documents", "documents", figures.documents)
      .count("bytes", "bytes", figures.bytes)
      .count("words", "words", figures.words)
      .count("tokens", "tokens, ends of documents included", figures.tokens)
      .number("totalBits", "bits", figures.bits, 3)
      .number("bitsPerByte", "bits a byte", figures.bits / bytes, 6)
      // Beyond half a billion it says nothing but that a text has hardly a space.
      .number("wordPerplexity", "perplexity of a word",
              exp2_fixed(std::min(figures.bits / words, 29.0)), 3)
      .number("tokensPerSecond", "tokens a second",
              static_cast<double>(figures.tokens) / std::max(figures.seconds, 1e-9), 0)
      .count("sums", "sums of all probabilities", figures.sums)
      .number("maxSumError", "their largest distance from 1", figures.max_sum_error, 9);
  CENTO_RETURN_IF_ERROR(report.print(json));
  return kExitOk;
}

void add_followers(CLI::App& eval, Invocation& invocation) {
  CLI::App& command = add_command(
      eval, "followers", "Time the exact top-10 after contexts of 1 to 5 tokens", invocation);
  auto options = std::make_shared<FollowersOptions>();
  command.add_option("DIR", options->folder, "Folder of the pack")->required();
  command.add_option("--queries", options->queries, "How many")
      ->check(CLI::Range(1u, 10'000'000u))
      ->capture_default_str();
  command.add_option("--seed", options->seed, "Of the random positions")->capture_default_str();
  command.callback([options, &invocation] {
    invocation.run = [options, &invocation] { return followers(*options, invocation.json); };
  });
}

void add_attested(CLI::App& eval, Invocation& invocation) {
  CLI::App& command =
      add_command(eval, "attested", "Check seeded completions word by word", invocation);
  auto options = std::make_shared<AttestedOptions>();
  command.add_option("DIR", options->folder, "Folder of the pack")->required();
  command.add_option("--prompts", options->prompts,
                     "File of prompts, one a line; else beginnings of sentences of the pack");
  command.add_option("--outputs", options->outputs, "How many completions")
      ->check(CLI::Range(1u, 1'000'000u))
      ->capture_default_str();
  command.add_option("--seed", options->seed, "Of the first round of prompts")
      ->capture_default_str();
  command.add_option("--max-tokens", options->complete.max_tokens, "Most tokens of a completion")
      ->check(CLI::Range(1u, 100'000u))
      ->capture_default_str();
  add_grounding_option(command, options->complete.grounding);
  command.callback([options, &invocation] {
    invocation.run = [options, &invocation] { return attested(*options, invocation.json); };
  });
}

void add_order(CLI::App& eval, Invocation& invocation) {
  CLI::App& command =
      add_command(eval, "order", "Tell paragraphs as written from their shuffles", invocation);
  auto options = std::make_shared<OrderOptions>();
  command.add_option("DIR", options->folder, "Folder of the pack")->required();
  command
      .add_option("--input", options->inputs, "Documents that the pack was not built from (.jsonl)")
      ->required();
  command.add_option("--shuffles", options->shuffles, "Shuffles of each paragraph")
      ->check(CLI::Range(1u, 100'000u))
      ->capture_default_str();
  command.add_option("--seed", options->seed, "Of the shuffles")->capture_default_str();
  command.callback([options, &invocation] {
    invocation.run = [options, &invocation] { return order(*options, invocation.json); };
  });
}

void add_lm(CLI::App& eval, Invocation& invocation) {
  CLI::App& command = add_command(
      eval, "lm", "Say how well the pack predicts documents that are not in it", invocation);
  auto options = std::make_shared<LmOptions>();
  command.add_option("DIR", options->folder, "Folder of the pack")->required();
  command
      .add_option("--input", options->input,
                  "JSON Lines (.jsonl, or - for standard input), a .txt file or a folder of them")
      ->required();
  command.callback([options, &invocation] {
    invocation.run = [options, &invocation] { return lm(*options, invocation.json); };
  });
}

Result<int> typing(const TypingOptions& options, bool json) {
  CENTO_ASSIGN_OR_RETURN(const TypingFigures figures, eval_typing(options));
  Report report;
  report.count("characters", "characters", figures.characters)
      .count("keystrokes", "keystrokes", figures.keystrokes)
      .number("savings", "share of keystrokes saved", figures.savings, 4)
      .count("accepted", "suggestions accepted", figures.accepted)
      .number("p50Ms", "milliseconds a call, median", figures.p50_ms, 3)
      .number("p99Ms", "milliseconds a call, 99th percentile", figures.p99_ms, 3);
  CENTO_RETURN_IF_ERROR(report.print(json));
  return kExitOk;
}

void add_typing(CLI::App& eval, Invocation& invocation) {
  CLI::App& command = add_command(
      eval, "typing", "Type documents, accepting suggestions where they are right", invocation);
  auto options = std::make_shared<TypingOptions>();
  command.add_option("DIR", options->folder, "Folder of the pack")->required();
  command
      .add_option("--input", options->inputs, "Documents that the pack was not built from (.jsonl)")
      ->required();
  command.add_option("--limit", options->suggest.limit, "Suggestions shown at a time")
      ->check(CLI::Range(1u, 100u))
      ->capture_default_str();
  command
      .add_option("--max-words", options->suggest.max_words,
                  "Most words of one suggestion; more than one only where they are sure")
      ->check(CLI::Range(1u, 100u))
      ->capture_default_str();
  command
      .add_option("--max-characters", options->max_characters,
                  "Stop after so many, for a quick look; 0 types everything")
      ->capture_default_str();
  command.callback([options, &invocation] {
    invocation.run = [options, &invocation] { return typing(*options, invocation.json); };
  });
}

Result<int> context(const ContextOptions& options, bool json) {
  CENTO_ASSIGN_OR_RETURN(const ContextFigures figures, eval_context(options));
  Report report;
  report.count("tokens", "tokens before the caret", options.tokens)
      .count("bytes", "bytes of them", figures.bytes)
      .number("readMs", "milliseconds of the first call", figures.read, 3)
      .number("suggestP50Ms", "milliseconds to suggest, median", figures.suggest50, 3)
      .number("suggestP99Ms", "milliseconds to suggest, 99th percentile", figures.suggest99, 3)
      .number("ghostP50Ms", "milliseconds of a short completion, median", figures.ghost50, 3)
      .number("ghostP99Ms", "milliseconds of a short completion, 99th percentile", figures.ghost99,
              3)
      .number("completeP50Ms", "milliseconds of a long completion, median", figures.complete50, 3)
      .number("completeP99Ms", "milliseconds of a long completion, 99th percentile",
              figures.complete99, 3)
      .number("scoreUs", "microseconds to score a token", figures.score_us, 3);
  CENTO_RETURN_IF_ERROR(report.print(json));
  return kExitOk;
}

void add_context(CLI::App& eval, Invocation& invocation) {
  CLI::App& command =
      add_command(eval, "context", "Time calls behind a context of so many tokens", invocation);
  auto options = std::make_shared<ContextOptions>();
  command.add_option("DIR", options->folder, "Folder of the pack")->required();
  command.add_option("--input", options->inputs, "Documents before the caret (.jsonl)")->required();
  command.add_option("--tokens", options->tokens, "Tokens of them")
      ->check(CLI::Range(1u, 1u << 20))
      ->capture_default_str();
  command.add_option("--calls", options->calls, "Calls of each kind")
      ->check(CLI::Range(1u, 100'000u))
      ->capture_default_str();
  command.callback([options, &invocation] {
    invocation.run = [options, &invocation] { return context(*options, invocation.json); };
  });
}

Result<int> qa(const QaOptions& options, bool json) {
  CENTO_ASSIGN_OR_RETURN(const QaFigures figures, eval_qa(options));
  Report report;
  report.count("questions", "questions", figures.questions)
      .number("passageHit1", "the right passage first", figures.passage_hit_1, 4)
      .number("passageHit5", "among the first five", figures.passage_hit_5, 4)
      .number("sentenceHit1", "the first sentence has the answer", figures.sentence_hit_1, 4)
      .number("sentenceHit3", "one of the first three has", figures.sentence_hit_3, 4)
      .number("exactMatch", "best spans that are an answer, word by word", figures.exact_match, 4)
      .number("f1", "F1 of the best spans' words", figures.f1, 4)
      .number("refused", "refused", figures.refused, 4)
      .number("highlighted", "with a highlight", figures.highlighted, 4)
      .number("highlightPrecision", "highlights with an F1 of a half and more",
              figures.highlight_precision, 4)
      .number("p50Ms", "milliseconds a question, median", figures.p50_ms, 3)
      .number("p99Ms", "milliseconds a question, 99th percentile", figures.p99_ms, 3);
  if (options.show_wrong) report.value("wrong", figures.wrong).string(figures.wrong);
  CENTO_RETURN_IF_ERROR(report.print(json));
  return kExitOk;
}

void add_qa(CLI::App& eval, Invocation& invocation) {
  CLI::App& command = add_command(eval, "qa", "Ask questions with known answers", invocation);
  auto options = std::make_shared<QaOptions>();
  command.add_option("DIR", options->folder, "Folder of the pack")->required();
  command
      .add_option("--questions", options->questions,
                  "JSON Lines of {question, answers, documentId}")
      ->required();
  command.add_option("--limit", options->limit, "Ask so many, taken evenly; 0 asks all")
      ->capture_default_str();
  command.add_flag("--wrong", options->show_wrong,
                   "List questions for which another document's passage stands first");
  command.callback([options, &invocation] {
    invocation.run = [options, &invocation] { return qa(*options, invocation.json); };
  });
}

Result<int> refusal(const QaOptions& options, bool json) {
  CENTO_ASSIGN_OR_RETURN(const RefusalFigures figures, eval_refusal(options));
  Report report;
  report.count("questions", "questions with an answer", figures.questions)
      .count("unanswerable", "questions without one", figures.unanswerable)
      .number("auc", "chance that the former are more confident, ties half", figures.auc, 4)
      .number("aucAbsent", "the same, beside themselves without their own article",
              figures.auc_absent, 4)
      .number("highlighted", "highlighted of the unanswerable", figures.highlighted, 4)
      .number("precisionAt80", "right of the 80% most confident", figures.precision_at_80, 4);
  CENTO_RETURN_IF_ERROR(report.print(json));
  return kExitOk;
}

void add_refusal(CLI::App& eval, Invocation& invocation) {
  CLI::App& command = add_command(
      eval, "refusal", "Tell questions that have an answer from those that have none", invocation);
  auto options = std::make_shared<QaOptions>();
  command.add_option("DIR", options->folder, "Folder of the pack")->required();
  command
      .add_option("--questions", options->questions,
                  "JSON Lines of {question, answers, documentId}")
      ->required();
  command.add_option("--unanswerable", options->unanswerable, "JSON Lines of {question}");
  command.add_option("--limit", options->limit, "Ask so many, taken evenly; 0 asks all")
      ->capture_default_str();
  command.callback([options, &invocation] {
    invocation.run = [options, &invocation] { return refusal(*options, invocation.json); };
  });
}

Result<int> overview(const OverviewOptions& options, bool json) {
  CENTO_ASSIGN_OR_RETURN(const OverviewFigures figures, eval_overview(options));
  Report report;
  report.count("topics", "topics", figures.topics)
      .count("answers", "distinct right answers to questions about them", figures.answers)
      .count("refused", "topics that are refused", figures.refused)
      .count("invalid", "overviews that verify refuses", figures.invalid)
      .number("words", "words of an overview, mean", figures.words, 1)
      .number("recall", "share of the answers that overviews hold", figures.recall, 4)
      .number("leadRecall", "the same of leading sentences", figures.lead_recall, 4)
      .number("textRankRecall", "the same of TextRank", figures.text_rank_recall, 4)
      .number("randomRecall", "the same of random sentences", figures.random_recall, 4)
      .number("p50Ms", "milliseconds an overview, median", figures.p50_ms, 3)
      .number("p99Ms", "milliseconds an overview, 99th percentile", figures.p99_ms, 3)
      .list("problems", "problem", figures.problems);
  CENTO_RETURN_IF_ERROR(report.print(json));
  return kExitOk;
}

void add_overview(CLI::App& eval, Invocation& invocation) {
  CLI::App& command = add_command(
      eval, "overview", "Say how many answers about its topic an overview holds", invocation);
  auto options = std::make_shared<OverviewOptions>();
  command.add_option("DIR", options->folder, "Folder of the pack")->required();
  command.add_option(
      "--questions", options->questions,
      "Questions about the documents (.jsonl: question, answers, documentId); else the "
      "overviews of all titles are verified, no more");
  command.add_option("--words", options->words, "Most words of an overview")
      ->check(CLI::Range(1u, 100'000u))
      ->capture_default_str();
  command
      .add_option("--half", options->half, "Every second topic, from the first or the second on")
      ->check(CLI::Range(0u, 2u))
      ->capture_default_str();
  command.callback([options, &invocation] {
    invocation.run = [options, &invocation] { return overview(*options, invocation.json); };
  });
}

Result<int> completion(const CompletionOptions& options, bool json) {
  CENTO_ASSIGN_OR_RETURN(const CompletionFigures figures, eval_completion(options));
  Report report;
  report.count("prompts", "prompts", figures.prompts)
      .count("offered", "offered, the most confident", figures.offered)
      .count("refused", "refused", figures.refused);
  const auto add = [&](const std::string& key, const std::string& label,
                       const CompletionShares& shares) {
    report.number(key + "irstWord", label + "the first word right", shares.first_word, 4)
        .number(key + "irst3Words", label + "the first three words right", shares.first3_words, 4);
  };
  add("f", "offered: ", figures.cento.offered);
  report.number("meanRightCharacters", "offered: right characters, mean",
                figures.cento.offered.mean_right_characters, 2);
  report.number("meanConfidence", "offered: confidence, mean", figures.mean_confidence, 4);
  add("allF", "all: ", figures.cento.all);
  add("longestContextF", "longest context, offered: ", figures.longest.offered);
  add("longestContextAllF", "longest context, all: ", figures.longest.all);
  add("order5F", "order 5, offered: ", figures.order5.offered);
  add("order5AllF", "order 5, all: ", figures.order5.all);
  report.number("p50Ms", "milliseconds a call, median", figures.p50_ms, 3)
      .number("p99Ms", "milliseconds a call, 99th percentile", figures.p99_ms, 3);
  CENTO_RETURN_IF_ERROR(report.print(json));
  return kExitOk;
}

void add_completion(CLI::App& eval, Invocation& invocation) {
  CLI::App& command = add_command(
      eval, "completion", "Hold short completions of documents against how they go on", invocation);
  auto options = std::make_shared<CompletionOptions>();
  command.add_option("DIR", options->folder, "Folder of the pack")->required();
  command
      .add_option("--input", options->inputs, "Documents that the pack was not built from (.jsonl)")
      ->required();
  command.add_option("--offer", options->offer, "Share of the prompts that are offered theirs")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command.add_option("--prompts", options->prompts, "At most so many, evenly spaced; 0 takes all")
      ->capture_default_str();
  command.add_option("--max-tokens", options->complete.max_tokens, "Most tokens of a completion")
      ->check(CLI::Range(1u, 100'000u))
      ->capture_default_str();
  command.callback([options, &invocation] {
    invocation.run = [options, &invocation] { return completion(*options, invocation.json); };
  });
}

}  // namespace

void add_eval_commands(CLI::App& app, Invocation& invocation) {
  CLI::App& eval = *app.add_subcommand("eval", "Measure what the engine promises");
  eval.require_subcommand(1);
  add_followers(eval, invocation);
  add_attested(eval, invocation);
  add_order(eval, invocation);
  add_lm(eval, invocation);
  add_typing(eval, invocation);
  add_context(eval, invocation);
  add_completion(eval, invocation);
  add_overview(eval, invocation);
  add_qa(eval, invocation);
  add_refusal(eval, invocation);
}

}  // namespace cento::cli
