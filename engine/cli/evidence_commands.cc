// predict, explain and mask: what may come next, and why.
#include <memory>
#include <span>

#include "cento/engine.h"
#include "cli/answer_reader.h"
#include "cli/command.h"
#include "cli/describe.h"
#include "cli/files.h"
#include "cli/pack_files.h"

namespace cento::cli {
namespace {

struct EvidenceArguments {
  std::string folder;
  std::string text;
  std::string next;
  std::string answer;     // a file
  uint32_t fragment = 1;  // counted from 1
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

// Composes the answer of a file again.
Result<int> explain_fragment(const EvidenceArguments& arguments, bool json) {
  CENTO_ASSIGN_OR_RETURN(const std::string text, read_file(arguments.answer));
  CENTO_ASSIGN_OR_RETURN(const Answer answer, parse_answer(text));
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(arguments.folder));
  CENTO_ASSIGN_OR_RETURN(const FragmentExplanation explanation,
                         pack.engine->explain(answer.receipt, arguments.fragment - 1));
  CENTO_RETURN_IF_ERROR(print_line(json ? to_json(explanation) : describe(explanation)));
  return kExitOk;
}

Result<int> explain_any(const EvidenceArguments& arguments, bool json) {
  return arguments.answer.empty() ? explain(arguments, json) : explain_fragment(arguments, json);
}

Result<int> mask(const EvidenceArguments& arguments, bool json) {
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(arguments.folder));
  CENTO_ASSIGN_OR_RETURN(const std::vector<uint32_t> context, pack.engine->encode(arguments.text));
  CENTO_ASSIGN_OR_RETURN(const AttestedMask mask, pack.engine->attested_mask(context));
  if (json) {
    CENTO_RETURN_IF_ERROR(print_line(to_json(mask)));
    return kExitOk;
  }
  for (const uint32_t token : mask.tokens) {
    CENTO_ASSIGN_OR_RETURN(const std::string text,
                           pack.engine->decode(std::span<const uint32_t>(&token, 1)));
    CENTO_RETURN_IF_ERROR(print_line(token == 0 ? "(end)" : describe_token(text)));
  }
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
      app, invocation, "explain",
      "Say why a token is as probable as it is, or why a fragment of an answer was chosen",
      explain_any);
  CLI::Option* next = explain_command->add_option(
      "--next", explain_arguments->next,
      "What follows: its first token is explained; ' the' and 'the' differ");
  CLI::Option* answer =
      explain_command->add_option("--answer", explain_arguments->answer,
                                  "File that holds an answer, as --json prints it, or -");
  answer->excludes(next);
  explain_command
      ->add_option("--fragment", explain_arguments->fragment, "Which fragment of it, from 1 on")
      ->check(CLI::Range(1u, 1'000'000u))
      ->capture_default_str()
      ->needs(answer);
  CLI::Option* text = explain_command->get_option("TEXT");
  text->required(false)->excludes(answer);
  explain_command->parse_complete_callback([answer, next, text] {
    if (answer->count() > 0) return;
    if (text->count() == 0) throw CLI::RequiredError("TEXT");
    if (next->count() == 0) throw CLI::RequiredError("--next");
  });
  add_evidence_command(app, invocation, "mask",
                       "List the tokens that may come next so that all stays attested", mask);
}

}  // namespace cento::cli
