// ask: questions answered from a pack, one after the other as in a session.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "cento/engine.h"
#include "cli/command.h"
#include "cli/describe.h"
#include "cli/files.h"
#include "cli/pack_files.h"

namespace cento::cli {
namespace {

struct AskArguments {
  std::string folder;
  std::vector<std::string> questions;
  std::string questions_file;
  AnswerOptions options;
};

// Every line of a file is a question of its own. One JSON object a line.
Result<int> ask_all(const AskArguments& arguments) {
  CENTO_ASSIGN_OR_RETURN(const std::string questions, read_file(arguments.questions_file));
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(arguments.folder));
  for (size_t begin = 0; begin < questions.size();) {
    const size_t end = std::min(questions.find('\n', begin), questions.size());
    const std::string_view question = std::string_view(questions).substr(begin, end - begin);
    CENTO_ASSIGN_OR_RETURN(const Answer answer,
                           pack.engine->answer(Operation::kAsk, question, arguments.options));
    CENTO_RETURN_IF_ERROR(print_line(to_json(answer)));
    begin = end + 1;
  }
  return kExitOk;
}

Result<int> ask(const AskArguments& arguments, bool json) {
  if (!arguments.questions_file.empty()) return ask_all(arguments);
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(arguments.folder));
  std::vector<Turn> session;
  for (const std::string& question : arguments.questions) {
    CENTO_ASSIGN_OR_RETURN(const Answer answer, pack.engine->answer(Operation::kAsk, question,
                                                                    arguments.options, session));
    CENTO_RETURN_IF_ERROR(print_line(json ? to_json(answer) : describe(answer, "")));
    session.push_back(
        {question, answer.fragments.empty() ? "" : answer.fragments.front().source.title});
  }
  return kExitOk;
}

}  // namespace

void add_ask_command(CLI::App& app, Invocation& invocation) {
  CLI::App& command = add_command(
      app, "ask", "Answer a question with sentences of the documents, or refuse it", invocation);
  auto arguments = std::make_shared<AskArguments>();
  arguments->options.grounding = Grounding::kSentence;
  command.add_option("DIR", arguments->folder, "Folder of the pack")->required();
  CLI::Option* text =
      command.add_option("QUESTION", arguments->questions,
                         "The question; further ones may follow up on those before them");
  command
      .add_option("--questions", arguments->questions_file,
                  "A file with a question a line: each is asked alone, and its answer printed as a "
                  "line of JSON")
      ->excludes(text);
  command
      .add_option("--sentences", arguments->options.sentences,
                  "Most sentences of an answer; 0 leaves it to the question")
      ->capture_default_str();
  command.callback([arguments, &invocation] {
    if (arguments->questions_file.empty() && arguments->questions.empty()) {
      throw CLI::RequiredError("QUESTION");
    }
    invocation.run = [arguments, &invocation] { return ask(*arguments, invocation.json); };
  });
}

}  // namespace cento::cli
