// complete, suggest, trace, check and verify: text made from a pack, and text held against it.
#include <algorithm>
#include <memory>
#include <string_view>

#include "cento/engine.h"
#include "cento/verify.h"
#include "cli/answer_reader.h"
#include "cli/command.h"
#include "cli/describe.h"
#include "cli/files.h"
#include "cli/grounding.h"
#include "cli/pack_files.h"

namespace cento::cli {
namespace {

struct CompleteArguments {
  std::string folder;
  std::string prompt;
  std::string prompts_file;
  AnswerOptions options;
};

// Every line of a file is a prompt; the seed counts up. One JSON object a line.
Result<int> complete_all(const CompleteArguments& arguments) {
  CENTO_ASSIGN_OR_RETURN(const std::string prompts, read_file(arguments.prompts_file));
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(arguments.folder));
  AnswerOptions options = arguments.options;
  for (size_t begin = 0; begin < prompts.size(); ++options.seed) {
    const size_t end = std::min(prompts.find('\n', begin), prompts.size());
    const std::string_view prompt = std::string_view(prompts).substr(begin, end - begin);
    CENTO_ASSIGN_OR_RETURN(const Answer completion,
                           pack.engine->answer(Operation::kComplete, prompt, options));
    CENTO_RETURN_IF_ERROR(print_line(to_json(completion)));
    begin = end + 1;
  }
  return kExitOk;
}

Result<int> complete(const CompleteArguments& arguments, bool json) {
  if (!arguments.prompts_file.empty()) return complete_all(arguments);
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(arguments.folder));
  CENTO_ASSIGN_OR_RETURN(
      const Answer completion,
      pack.engine->answer(Operation::kComplete, arguments.prompt, arguments.options));
  CENTO_RETURN_IF_ERROR(
      print_line(json ? to_json(completion) : describe(completion, arguments.prompt)));
  return kExitOk;
}

struct FileArguments {
  std::string folder;
  std::string input;
};

Result<int> trace(const FileArguments& arguments, bool json) {
  CENTO_ASSIGN_OR_RETURN(const std::string text, read_file(arguments.input));
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(arguments.folder));
  CENTO_ASSIGN_OR_RETURN(const Trace trace, pack.engine->trace(text, {}));
  CENTO_RETURN_IF_ERROR(print_line(json ? to_json(trace) : describe(trace, text)));
  return kExitOk;
}

// Near misses fail too: what they say is not what the documents say.
Result<int> check(const FileArguments& arguments, bool json) {
  CENTO_ASSIGN_OR_RETURN(const std::string text, read_file(arguments.input));
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(arguments.folder));
  CENTO_ASSIGN_OR_RETURN(const CheckReport report, pack.engine->check(text));
  CENTO_RETURN_IF_ERROR(print_line(json ? to_json(report) : describe(report, text)));
  return report.near_miss + report.unsupported == 0 ? kExitOk : kExitFailure;
}

// Uses the decoded shards alone: no index is built.
Result<int> verify(const FileArguments& arguments, bool json) {
  CENTO_ASSIGN_OR_RETURN(const std::string text, read_file(arguments.input));
  CENTO_ASSIGN_OR_RETURN(const Answer answer, parse_answer(text));
  CENTO_ASSIGN_OR_RETURN(const PackFiles files, PackFiles::open(arguments.folder));
  Verifier verifier;
  CENTO_RETURN_IF_ERROR(files.feed(verifier));
  const VerifyReport report = verifier.verify(answer);
  CENTO_RETURN_IF_ERROR(print_line(json ? to_json(report) : describe(report)));
  return report.valid ? kExitOk : kExitFailure;
}

void add_complete(CLI::App& app, Invocation& invocation) {
  CLI::App& command =
      add_command(app, "complete", "Continue a text with fragments of the documents", invocation);
  auto arguments = std::make_shared<CompleteArguments>();
  command.add_option("DIR", arguments->folder, "Folder of the pack")->required();
  CLI::Option* text = command.add_option("TEXT", arguments->prompt, "The text to continue");
  command
      .add_option(
          "--prompts", arguments->prompts_file,
          "A file with a prompt a line: each is continued, the seed counting up, and printed "
          "as a line of JSON")
      ->excludes(text);
  AnswerOptions& options = arguments->options;
  command.add_option("--max-tokens", options.max_tokens, "Most tokens of the completion")
      ->check(CLI::Range(1u, 100'000u))
      ->capture_default_str();
  command.add_option("--seed", options.seed, "Another seed, another completion")
      ->capture_default_str();
  command
      .add_option("--max-quote", options.max_quote,
                  "Most words copied in a row from one source; 0 is no bound")
      ->capture_default_str();
  add_grounding_option(command, options.grounding);
  add_effort_option(command, options.effort);
  command.callback([arguments, text, &invocation] {
    if (arguments->prompts_file.empty() && text->count() == 0) throw CLI::RequiredError("TEXT");
    invocation.run = [arguments, &invocation] { return complete(*arguments, invocation.json); };
  });
}

struct SuggestArguments {
  std::string folder;
  std::string text;
  SuggestOptions options;
};

Result<int> suggest(const SuggestArguments& arguments, bool json) {
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(arguments.folder));
  CENTO_ASSIGN_OR_RETURN(const Suggestions suggestions,
                         pack.engine->suggest(arguments.text, arguments.options));
  CENTO_RETURN_IF_ERROR(
      print_line(json ? to_json(suggestions) : describe(suggestions, arguments.text)));
  return kExitOk;
}

void add_suggest(CLI::App& app, Invocation& invocation) {
  CLI::App& command = add_command(
      app, "suggest", "Suggest the next words of a text, or the rest of its last word", invocation);
  auto arguments = std::make_shared<SuggestArguments>();
  command.add_option("DIR", arguments->folder, "Folder of the pack")->required();
  command.add_option("TEXT", arguments->text, "The text before the caret")->required();
  command.add_option("--limit", arguments->options.limit, "Suggestions")
      ->check(CLI::Range(1u, 100u))
      ->capture_default_str();
  command.add_option("--max-words", arguments->options.max_words, "Most words of one suggestion")
      ->check(CLI::Range(1u, 100u))
      ->capture_default_str();
  command
      .add_option("--max-edits", arguments->options.max_edits,
                  "Typing errors tolerated in the last word")
      ->check(CLI::Range(0u, 2u))
      ->capture_default_str();
  command.add_flag("--add-space", arguments->options.add_space,
                   "End suggestions with a space where one most likely comes next");
  command.callback([arguments, &invocation] {
    invocation.run = [arguments, &invocation] { return suggest(*arguments, invocation.json); };
  });
}

struct OverviewArguments {
  std::string folder;
  std::string topic;
  std::string topics_file;
  AnswerOptions options;
};

Result<int> overview(const OverviewArguments& arguments, bool json) {
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(arguments.folder));
  if (!arguments.topics_file.empty()) {
    CENTO_ASSIGN_OR_RETURN(const std::string topics, read_file(arguments.topics_file));
    for (size_t begin = 0; begin < topics.size();) {
      const size_t end = std::min(topics.find('\n', begin), topics.size());
      const std::string_view topic = std::string_view(topics).substr(begin, end - begin);
      CENTO_ASSIGN_OR_RETURN(const Answer answer,
                             pack.engine->answer(Operation::kOverview, topic, arguments.options));
      CENTO_RETURN_IF_ERROR(print_line(to_json(answer)));
      begin = end + 1;
    }
    return kExitOk;
  }
  CENTO_ASSIGN_OR_RETURN(
      const Answer answer,
      pack.engine->answer(Operation::kOverview, arguments.topic, arguments.options));
  CENTO_RETURN_IF_ERROR(print_line(json ? to_json(answer) : describe(answer, "")));
  return kExitOk;
}

void add_overview(CLI::App& app, Invocation& invocation) {
  CLI::App& command = add_command(
      app, "overview", "Say in a few sentences of the documents what a topic is about", invocation);
  auto arguments = std::make_shared<OverviewArguments>();
  command.add_option("DIR", arguments->folder, "Folder of the pack")->required();
  CLI::Option* topic = command.add_option("TOPIC", arguments->topic, "A title, a heading or words");
  command
      .add_option("--topics", arguments->topics_file,
                  "A file with a topic a line: the overview of each is printed as a line of JSON")
      ->excludes(topic);
  command
      .add_option("--sentences", arguments->options.sentences,
                  "Most sentences; 0: five, or as many as there are words for")
      ->check(CLI::Range(0u, 1'000u))
      ->capture_default_str();
  command.add_option("--max-words", arguments->options.max_words, "Most words; 0 is no bound")
      ->check(CLI::Range(0u, 100'000u))
      ->capture_default_str();
  command.add_option("--seed", arguments->options.seed, "Decides between what is equally good")
      ->capture_default_str();
  command.callback([arguments, topic, &invocation] {
    if (arguments->topics_file.empty() && topic->count() == 0) throw CLI::RequiredError("TOPIC");
    invocation.run = [arguments, &invocation] { return overview(*arguments, invocation.json); };
  });
}

using FileHandler = Result<int> (*)(const FileArguments&, bool);

void add_file_command(CLI::App& app, Invocation& invocation, const std::string& name,
                      const std::string& description, const std::string& input_description,
                      FileHandler handler) {
  CLI::App& command = add_command(app, name, description, invocation);
  auto arguments = std::make_shared<FileArguments>();
  command.add_option("DIR", arguments->folder, "Folder of the pack")->required();
  command.add_option("--input", arguments->input, input_description + ", or - for standard input")
      ->required();
  command.callback([arguments, handler, &invocation] {
    invocation.run = [arguments, handler, &invocation] {
      return handler(*arguments, invocation.json);
    };
  });
}

}  // namespace

void add_text_commands(CLI::App& app, Invocation& invocation) {
  add_complete(app, invocation);
  add_suggest(app, invocation);
  add_overview(app, invocation);
  add_file_command(app, invocation, "trace", "Find what of a text stands in the documents",
                   "File of text", trace);
  add_file_command(app, invocation, "check", "Hold each sentence of a text against the documents",
                   "File of text", check);
  add_file_command(app, invocation, "verify", "Prove an answer again from the pack alone",
                   "File that holds an answer, as --json prints it", verify);
}

}  // namespace cento::cli
