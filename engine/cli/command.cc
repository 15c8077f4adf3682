#include "cli/command.h"

#include <cstdio>

#include "base/json_writer.h"

namespace cento::cli {

CLI::App& add_command(CLI::App& parent, const std::string& name, const std::string& description,
                      Invocation& invocation) {
  CLI::App& command = *parent.add_subcommand(name, description);
  command.add_flag("--json", invocation.json, "Print one JSON object and nothing else");
  return command;
}

Status print_line(std::string_view line) {
  const bool written = std::fwrite(line.data(), 1, line.size(), stdout) == line.size() &&
                       std::fputc('\n', stdout) != EOF && std::fflush(stdout) == 0;
  if (!written) return {StatusCode::kIo, "Standard output could not be written."};
  return Status::ok();
}

void print_failure(const Status& status, bool json) {
  std::fprintf(stderr, "cento: %s\n", status.to_string().c_str());
  if (!json) return;
  JsonWriter writer;
  writer.begin_object().key("error").begin_object();
  writer.field("code", status_code_name(status.code())).field("message", status.message());
  if (status.has_offset()) writer.field("offset", status.offset());
  writer.end_object().end_object();
  // The failure has been told on standard error; when this line cannot be written either, the exit
  // code still tells it.
  [[maybe_unused]] const Status printed = print_line(writer.text());
}

}  // namespace cento::cli
