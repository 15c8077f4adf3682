// predict and explain: what the evidence says of the next token.
#include <memory>

#include "cento/engine.h"
#include "cli/command.h"
#include "cli/describe.h"
#include "cli/pack_files.h"

namespace cento::cli {
namespace {

struct EvidenceArguments {
  std::string folder;
  std::string text;
  std::string next;
  uint32_t limit = 10;
};

Result<int> predict(const EvidenceArguments& arguments, bool json) {
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(arguments.folder));
  CENTO_ASSIGN_OR_RETURN(const Predictions predictions,
                         pack.engine->predict(arguments.text, arguments.limit));
  CENTO_RETURN_IF_ERROR(print_line(json ? to_json(predictions) : describe(predictions)));
  return kExitOk;
}

Result<int> explain(const EvidenceArguments& arguments, bool json) {
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(arguments.folder));
  CENTO_ASSIGN_OR_RETURN(const TokenExplanation explanation,
                         pack.engine->explain_next(arguments.text, arguments.next));
  CENTO_RETURN_IF_ERROR(print_line(json ? to_json(explanation) : describe(explanation)));
  return kExitOk;
}

using Handler = Result<int> (*)(const EvidenceArguments&, bool);

// The command, for options of its own, and where they go.
std::pair<CLI::App*, std::shared_ptr<EvidenceArguments>> add_evidence_command(
    CLI::App& app, Invocation& invocation, const std::string& name, const std::string& description,
    Handler handler) {
  CLI::App& command = add_command(app, name, description, invocation);
  auto arguments = std::make_shared<EvidenceArguments>();
  command.add_option("DIR", arguments->folder, "Folder of the pack")->required();
  command.add_option("TEXT", arguments->text, "What stands before, from its document's beginning")
      ->required();
  command.callback([arguments, handler, &invocation] {
    invocation.run = [arguments, handler, &invocation] {
      return handler(*arguments, invocation.json);
    };
  });
  return {&command, arguments};
}

}  // namespace

void add_evidence_commands(CLI::App& app, Invocation& invocation) {
  const auto [predict_command, predict_arguments] = add_evidence_command(
      app, invocation, "predict", "List the most probable next tokens", predict);
  predict_command->add_option("--limit", predict_arguments->limit, "Most that are listed")
      ->check(CLI::Range(1u, 1024u))
      ->capture_default_str();
  const auto [explain_command, explain_arguments] = add_evidence_command(
      app, invocation, "explain", "Say why a token is as probable as it is", explain);
  explain_command
      ->add_option("--next", explain_arguments->next,
                   "What follows: its first token is explained; ' the' and 'the' differ")
      ->required();
}

}  // namespace cento::cli
