// count, next and locate: the pattern index itself.
#include <memory>

#include "cento/engine.h"
#include "cli/command.h"
#include "cli/describe.h"
#include "cli/pack_files.h"
#include "cli/report.h"

namespace cento::cli {
namespace {

struct PatternOptions {
  std::string folder;
  std::string text;
  uint32_t limit = 10;
};

Result<int> count(const PatternOptions& options, bool json) {
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
                         const std::string& description, Handler handler, bool has_limit) {
  CLI::App& command = add_command(app, name, description, invocation);
  auto options = std::make_shared<PatternOptions>();
  command.add_option("DIR", options->folder, "Folder of the pack")->required();
  command.add_option("TEXT", options->text, "Taken as it stands: ' the' and 'the' differ")
      ->required();
  if (has_limit) {
    command.add_option("--limit", options->limit, "Most that are listed")->capture_default_str();
  }
  command.callback([options, handler, &invocation] {
    invocation.run = [options, handler, &invocation] { return handler(*options, invocation.json); };
  });
}

}  // namespace

void add_pattern_commands(CLI::App& app, Invocation& invocation) {
  add_pattern_command(app, invocation, "count", "Count the places where a text stands", count,
                      false);
  add_pattern_command(app, invocation, "next", "List the tokens that follow a text", next, true);
  add_pattern_command(app, invocation, "locate", "List the places where a text stands", locate,
                      true);
}

}  // namespace cento::cli
