// build and info: packs as a whole.
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>

#include "base/json_writer.h"
#include "build/pack_builder.h"
#include "build/pack_updater.h"
#include "build/question_counter.h"
#include "build/span_counts.h"
#include "cento/engine.h"
#include "cli/command.h"
#include "cli/documents.h"
#include "cli/files.h"
#include "cli/pack_files.h"
#include "cli/pack_writer.h"
#include "cli/progress_line.h"
#include "cli/report.h"
#include "cli/stopwatch.h"
#include "cli/tables.h"
#include "text/vocabulary.h"

namespace cento::cli {
namespace {

const std::map<std::string, EvidenceLevel> kLevelNames = {{"token", EvidenceLevel::kToken},
                                                          {"unwrapped", EvidenceLevel::kUnwrapped},
                                                          {"class", EvidenceLevel::kClass},
                                                          {"session", EvidenceLevel::kSession}};

struct BuildOptions {
  std::vector<std::string> inputs;
  std::string out;
  std::string questions;             // folder of tables, instead of those that come with the tool
  std::vector<std::string> without;  // what kLevelNames has, or kQuestions
  std::string base;                  // manifest.json of an earlier pack, or its folder
  // Options that were given; the others are the base's.
  bool has_name = false;
  bool has_title = false;
  bool has_licence = false;
  bool has_language = false;
  PackOptions pack;
};

constexpr std::string_view kQuestions = "questions";

// Reads --without and --questions.
Status choose_tables(const BuildOptions& options, PackOptions& pack) {
  bool has_questions = true;
  for (const std::string& name : options.without) {
    const auto level = kLevelNames.find(name);
    if (level != kLevelNames.end()) {
      pack.without.push_back(level->second);
    } else {
      has_questions = false;
    }
  }
  if (!has_questions) return Status::ok();
  if (options.questions.empty()) {
    pack.questions = built_in_question_tables(pack.language);
    return Status::ok();
  }
  CENTO_ASSIGN_OR_RETURN(const std::string words, read_file(options.questions + "/words.tsv"));
  CENTO_ASSIGN_OR_RETURN(pack.questions.words, read_word_table(words));
  CENTO_ASSIGN_OR_RETURN(const std::string spans, read_file(options.questions + "/spans.tsv"));
  CENTO_ASSIGN_OR_RETURN(const SpanCounts counts, SpanCounts::read(spans));
  pack.questions.spans = counts.tables();
  return Status::ok();
}

// The earlier pack, and its name and so on where the command line gives no others.
Result<BasePack> open_base(const BuildOptions& options, PackOptions& pack) {
  std::filesystem::path folder = options.base;
  if (folder.extension() == ".json") folder = folder.parent_path();
  CENTO_ASSIGN_OR_RETURN(const PackFiles files,
                         PackFiles::open(folder.empty() ? "." : folder.string()));
  std::vector<Bytes> tables;
  std::vector<Bytes> shards;
  for (size_t i = 0; i < files.contents().size(); ++i) {
    (files.manifest().files[i].is_shard ? shards : tables).push_back(as_bytes(files.contents()[i]));
  }
  CENTO_ASSIGN_OR_RETURN(BasePack base, BasePack::open(tables, shards));
  const PackHeader& header = base.reader.header();
  if (!options.has_name) pack.name = header.name;
  if (!options.has_title) pack.title = header.title;
  if (!options.has_licence) pack.licence = header.licence;
  if (!options.has_language) pack.language = header.language;
  return base;
}

void report_update(const UpdateFigures& figures, Report& report) {
  report.count("keptDocuments", "documents as in the base", figures.kept)
      .count("changedDocuments", "documents changed", figures.changed)
      .count("addedDocuments", "documents added", figures.added)
      .count("removedDocuments", "documents removed", figures.removed)
      .count("appendedTokens", "tokens added to the vocabulary", figures.appended_tokens)
      .count("keptFiles", "files as in the base", figures.kept_files)
      .count("newBytes", "bytes to download for who has the base", figures.new_bytes)
      .number("tokensPerByte", "tokens a byte of new text", figures.tokens_per_byte, 3)
      .number("baseTokensPerByte", "tokens a byte of the base", figures.base_tokens_per_byte, 3)
      .number("byteTokens", "share of byte tokens in new text", figures.byte_tokens, 3)
      .number("baseByteTokens", "share of byte tokens in the base", figures.base_byte_tokens, 3)
      .number("passedOver", "share of the first shard that is out of date", figures.passed_over, 3)
      .text("drift", "why a full build would be better", figures.drift);
  if (!figures.drift.empty()) {
    std::fprintf(stderr, "cento: %s: build in full, without --base, when you can.\n",
                 figures.drift.c_str());
  }
}

Result<int> build(BuildOptions options, bool json) {
  const Stopwatch stopwatch;
  CENTO_RETURN_IF_ERROR(choose_tables(options, options.pack));
  CENTO_ASSIGN_OR_RETURN(std::vector<Document> documents, read_documents(options.inputs));
  UpdatedPack built;
  BuiltPack& pack = built.pack;
  if (options.base.empty()) {
    ProgressLine progress;
    CENTO_ASSIGN_OR_RETURN(pack,
                           build_pack(std::move(documents), options.pack, progress.function()));
  } else {
    CENTO_ASSIGN_OR_RETURN(const BasePack base, open_base(options, options.pack));
    ProgressLine progress;
    CENTO_ASSIGN_OR_RETURN(
        built, update_pack(std::move(documents), base, options.pack, progress.function()));
  }
  CENTO_RETURN_IF_ERROR(write_pack(pack, options.out));

  Report report;
  report.count("documents", "documents", pack.document_count)
      .count("tokens", "tokens", pack.token_count)
      .count("textBytes", "bytes of text", pack.text_bytes)
      .count("wireBytes", "bytes to download", pack.wire_bytes)
      .number("seconds", "seconds", stopwatch.seconds(), 3);
  if (!options.base.empty()) report_update(built.figures, report);
  CENTO_RETURN_IF_ERROR(report.print(json));
  return kExitOk;
}

struct InfoOptions {
  std::string folder;
  bool tables = false;
};

Result<int> info(const InfoOptions& options, bool json) {
  CENTO_ASSIGN_OR_RETURN(const MountedPack pack, mount_pack(options.folder));
  const PackSummary summary = pack.engine->summary();
  Report report;
  report.text("packId", "pack id", summary.pack_id)
      .text("name", "name", summary.name)
      .text("title", "title", summary.title)
      .text("licence", "licence", summary.licence)
      .text("language", "language", summary.language)
      .count("documents", "documents", summary.documents)
      .count("tokens", "tokens", summary.tokens)
      .count("vocabulary", "tokens in the vocabulary", summary.vocabulary)
      .count("classes", "classes", summary.classes)
      .count("shapes", "shapes", summary.shapes)
      .count("textBytes", "bytes of text", summary.text_bytes)
      .count("wireBytes", "bytes to download", pack.files.wire_bytes())
      .count("indexBytes", "bytes of the token index", summary.index_bytes)
      .count("residentBytes", "bytes in memory", summary.resident_bytes)
      .number("expressSeconds", "seconds to build the index", pack.express_seconds, 6)
      .text("engineVersion", "engine version", engine_version())
      .text("rankKernel", "rank kernel", kernel());
  if (options.tables) {
    CENTO_ASSIGN_OR_RETURN(const PackTables tables, read_tables(pack.files));
    write(report.value("tables", describe(tables)), tables);
  }
  CENTO_RETURN_IF_ERROR(report.print(json));
  return kExitOk;
}

std::vector<std::string> names_to_leave_out() {
  std::vector<std::string> names = {std::string(kQuestions)};
  for (const auto& [name, level] : kLevelNames) names.push_back(name);
  return names;
}

void add_build(CLI::App& app, Invocation& invocation) {
  CLI::App& command = add_command(app, "build", "Build a pack from documents", invocation);
  auto options = std::make_shared<BuildOptions>();
  command
      .add_option("INPUT", options->inputs,
                  "JSON Lines (.jsonl, or - for standard input), .txt files, folders of .txt files")
      ->required();
  command.add_option("--out", options->out, "Folder for the pack")->required();
  PackOptions& pack = options->pack;
  command.add_option("--name", pack.name, "Short name of the pack")->capture_default_str();
  command.add_option("--title", pack.title, "Title for people; the name where there is none");
  command.add_option("--licence", pack.licence, "Licence of the documents, such as CC-BY-4.0");
  command.add_option("--language", pack.language, "Language tag, such as en")
      ->capture_default_str();
  command.add_option("--max-vocabulary", pack.max_vocabulary, "Most tokens in the vocabulary")
      ->check(CLI::Range(kFirstMergedToken, kMaxVocabulary))
      ->capture_default_str();
  command
      .add_option("--without", options->without,
                  "A level of the evidence to leave out, or the tables of questions, to see what "
                  "it adds; may be repeated")
      ->check(CLI::IsMember(names_to_leave_out()))
      ->type_name("LEVEL");
  command.add_option("--base", options->base,
                     "manifest.json of an earlier pack of these documents: what did not change "
                     "stays as it is, and who has that pack downloads little");
  command.add_option("--questions", options->questions,
                     "Folder of tables that 'count questions' wrote, instead of the tool's own");
  command.callback([options, &command, &invocation] {
    options->has_name = command.count("--name") > 0;
    options->has_title = command.count("--title") > 0;
    options->has_licence = command.count("--licence") > 0;
    options->has_language = command.count("--language") > 0;
    invocation.run = [options, &invocation] { return build(*options, invocation.json); };
  });
}

void add_info(CLI::App& app, Invocation& invocation) {
  CLI::App& command =
      add_command(app, "info", "Say what a pack holds and what it costs", invocation);
  auto options = std::make_shared<InfoOptions>();
  command.add_option("DIR", options->folder, "Folder of the pack")->required();
  command.add_flag("--tables", options->tables,
                   "Print the shares of the evidence's experts and the classes of tokens too");
  command.callback([options, &invocation] {
    invocation.run = [options, &invocation] { return info(*options, invocation.json); };
  });
}

}  // namespace

void add_pack_commands(CLI::App& app, Invocation& invocation) {
  add_build(app, invocation);
  add_info(app, invocation);
}

}  // namespace cento::cli
