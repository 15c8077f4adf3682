// What the commands of the tool share: how they are registered, how they print, how they end.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "cento/status.h"

namespace cento::cli {

// Exit codes, a contract of the tool.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailure = 1;  // the work failed, or what was checked is not so
inline constexpr int kExitUsage = 2;    // the command line cannot be understood

// What one run of the tool was asked to do: filled while the command line is parsed, run
// afterwards.
struct Invocation {
  bool json = false;
  std::function<Result<int>()> run;  // gives the exit code
};

// Registers a command that has --json. Its callback must set `Invocation::run`.
CLI::App& add_command(CLI::App& parent, const std::string& name, const std::string& description,
                      Invocation& invocation);

// Commands by group, one file each.
void add_pack_commands(CLI::App& app, Invocation& invocation);      // build, info
void add_ask_command(CLI::App& app, Invocation& invocation);        // ask
void add_text_commands(CLI::App& app, Invocation& invocation);      // complete, suggest, trace, …
void add_search_commands(CLI::App& app, Invocation& invocation);    // search
void add_pattern_commands(CLI::App& app, Invocation& invocation);   // count, next, locate
void add_evidence_commands(CLI::App& app, Invocation& invocation);  // predict, explain, mask
void add_eval_commands(CLI::App& app, Invocation& invocation);      // eval and what it measures
void add_bench_command(CLI::App& app, Invocation& invocation);      // bench

// Writes one line to standard output. Errors: kIo.
Status print_line(std::string_view line);
// Tells of a failure on standard error, and as {"error": …} on standard output with --json.
void print_failure(const Status& status, bool json);

}  // namespace cento::cli
