// count, next and locate: the pattern index itself; count questions: tables for the answers.
#include <memory>

#include "cento/engine.h"
#include "cli/command.h"
#include "cli/count_questions.h"
#include "cli/describe.h"
#include "cli/pack_files.h"
#include "cli/report.h"

namespace cento::cli {
namespace {

struct PatternOptions {
  std::string folder;
  std::string text;
  uint32_t limit = 10;
  CountQuestionsOptions questions;  // of count
};

// `count questions` is no subcommand: `count DIR questions` counts the word.
constexpr std::string_view kQuestions = "questions";

Result<int> count_questions(const CountQuestionsOptions& options, bool json) {
  if (options.documents.empty() || options.questions.empty() || options.out.empty()) {
    return Status::invalid_argument("count questions needs --documents, --questions and --out.");
  }
  CENTO_ASSIGN_OR_RETURN(const CountQuestionsFigures figures, cli::count_questions(options));
  Report report;
  report.count("questions", "questions", figures.questions)
      .count("answered", "whose answer stands in their document", figures.answered)
      .count("words", "words with counts of their own", figures.words);
  CENTO_RETURN_IF_ERROR(report.print(json));
  return kExitOk;
}

Result<int> count(const PatternOptions& options, bool json) {
  if (options.text.empty() && options.folder == kQuestions) {
    return count_questions(options.questions, json);
  }
  if (options.text.empty()) return Status::invalid_argument("There is no TEXT to count.");
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(options.folder));
  CENTO_ASSIGN_OR_RETURN(const uint64_t places, pack.engine->count(options.text));
  Report report;
  report.count("count", "places", places);
  CENTO_RETURN_IF_ERROR(report.print(json));
  return kExitOk;
}

Result<int> next(const PatternOptions& options, bool json) {
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(options.folder));
  CENTO_ASSIGN_OR_RETURN(const NextTokens next, pack.engine->next(options.text, options.limit));
  CENTO_RETURN_IF_ERROR(print_line(json ? to_json(next) : describe(next)));
  return kExitOk;
}

Result<int> locate(const PatternOptions& options, bool json) {
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(options.folder));
  CENTO_ASSIGN_OR_RETURN(const Located located, pack.engine->locate(options.text, options.limit));
  CENTO_RETURN_IF_ERROR(print_line(json ? to_json(located) : describe(located)));
  return kExitOk;
}

using Handler = Result<int> (*)(const PatternOptions&, bool);

void add_pattern_command(CLI::App& app, Invocation& invocation, const std::string& name,
                         const std::string& description, Handler handler) {
  CLI::App& command = add_command(app, name, description, invocation);
  auto options = std::make_shared<PatternOptions>();
  command.add_option("DIR", options->folder, "Folder of the pack")->required();
  CLI::Option& text =
      *command.add_option("TEXT", options->text, "Taken as it stands: ' the' and 'the' differ");
  if (handler == count) {
    CountQuestionsOptions& questions = options->questions;
    command.add_option("--documents", questions.documents,
                       "With 'questions' for DIR and no TEXT: the documents that answer them");
    command.add_option("--questions", questions.questions,
                       "JSON Lines of {question, answers, documentId} to count tables from");
    command.add_option("--out", questions.out, "Folder for the tables, for build --questions");
    command.add_option("--language", questions.language, "Language tag of the documents")
        ->capture_default_str();
  } else {
    text.required();
    command.add_option("--limit", options->limit, "Most that are listed")->capture_default_str();
  }
  command.callback([options, handler, &invocation] {
    invocation.run = [options, handler, &invocation] { return handler(*options, invocation.json); };
  });
}

}  // namespace

void add_pattern_commands(CLI::App& app, Invocation& invocation) {
  add_pattern_command(app, invocation, "count", "Count the places where a text stands", count);
  add_pattern_command(app, invocation, "next", "List the tokens that follow a text", next);
  add_pattern_command(app, invocation, "locate", "List the places where a text stands", locate);
}

}  // namespace cento::cli
