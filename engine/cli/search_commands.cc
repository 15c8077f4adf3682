// search: the passages that fit a query.
#include <memory>

#include "cento/engine.h"
#include "cli/command.h"
#include "cli/describe.h"
#include "cli/pack_files.h"

namespace cento::cli {
namespace {

struct SearchArguments {
  std::string folder;
  std::string query;
  SearchOptions options;
};

Result<int> search(const SearchArguments& arguments, bool json) {
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(arguments.folder));
  CENTO_ASSIGN_OR_RETURN(const SearchResults results,
                         pack.engine->search(arguments.query, arguments.options));
  CENTO_RETURN_IF_ERROR(print_line(json ? to_json(results) : describe(results)));
  return kExitOk;
}

}  // namespace

void add_search_commands(CLI::App& app, Invocation& invocation) {
  CLI::App& command = add_command(app, "search", "Find the passages that fit a query", invocation);
  auto arguments = std::make_shared<SearchArguments>();
  command.add_option("DIR", arguments->folder, "Folder of the pack")->required();
  command
      .add_option("QUERY", arguments->query,
                  "Words; \"words in quotation marks\" must stand one behind the other")
      ->required();
  command.add_option("--limit", arguments->options.limit, "Most that are listed")
      ->check(CLI::Range(1u, 1000u))
      ->capture_default_str();
  command.add_option("--within", arguments->options.within,
                     "Only documents whose URL or id begins so; may be repeated");
  command.callback([arguments, &invocation] {
    invocation.run = [arguments, &invocation] { return search(*arguments, invocation.json); };
  });
}

}  // namespace cento::cli
