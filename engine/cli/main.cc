// cento: the command-line tool. One program, built natively and for Node.
#include <cstdio>
#include <exception>
#include <string>

#include "cento/engine.h"
#include "cli/command.h"

namespace cento::cli {
namespace {

int run(int argc, char** argv) {
  CLI::App app("Cento answers, completes and traces text from your own documents.", "cento");
  app.set_version_flag("--version", std::string(engine_version()));
  app.require_subcommand(1);
  app.footer("'cento COMMAND --help' explains a command.");

  Invocation invocation;
  add_pack_commands(app, invocation);
  add_ask_command(app, invocation);
  add_text_commands(app, invocation);
  add_search_commands(app, invocation);
  add_pattern_commands(app, invocation);
  add_evidence_commands(app, invocation);
  add_eval_commands(app, invocation);
  add_bench_command(app, invocation);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // --help and --version arrive here too, with the exit code 0.
    return app.exit(error) == 0 ? kExitOk : kExitUsage;
  }
  const Result<int> exit_code = invocation.run();
  if (exit_code.is_ok()) return exit_code.value();
  print_failure(exit_code.status(), invocation.json);
  return kExitFailure;
}

}  // namespace
}  // namespace cento::cli

int main(int argc, char** argv) {
  try {
    return cento::cli::run(argc, argv);
  } catch (const std::exception& error) {  // out of memory, or a fault of this program
    std::fprintf(stderr, "cento: %s\n", error.what());
    return cento::cli::kExitFailure;
  }
}
