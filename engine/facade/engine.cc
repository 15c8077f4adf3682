#include "cento/engine.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "base/random.h"
#include "base/shared.h"
#include "base/sort.h"
#include "cento/verify.h"
#include "compose/asker.h"
#include "compose/attested_mask.h"
#include "compose/checker.h"
#include "compose/completer.h"
#include "compose/composer.h"
#include "compose/evidence_answers.h"
#include "compose/overviewer.h"
#include "compose/short_completer.h"
#include "compose/subjects.h"
#include "compose/suggester.h"
#include "compose/trace.h"
#include "evidence/evidence_model.h"
#include "levels/corpus.h"
#include "levels/expression.h"
#include "pack/pack_reader.h"
#include "retrieval/search.h"
#include "simd/rank.h"

namespace cento {
namespace {

constexpr uint32_t kMaxPromptBytes = 1u << 20;
constexpr uint32_t kMaxTraceBytes = 16u << 20;
constexpr uint32_t kMaxPredictions = 1024;

Status not_mounted() {
  return Status::invalid_argument("The pack has no index yet: mount an expression first.");
}

}  // namespace

std::string_view engine_version() { return CENTO_VERSION; }
std::string_view kernel() {
#if defined(__wasm_simd128__)
  return "simd128";
#else
  return rank_kernel_name();
#endif
}

// ---- Expresser

struct Expresser::Impl {
  // Errors: those of `Expresser::express`.
  Result<Expression> build(const ProgressFunction& progress) const;

  PackReader reader;
};

Result<Expression> Expresser::Impl::build(const ProgressFunction& progress) const {
  if (reader.shards_read() == 0) {
    return Status::invalid_argument(
        "There is no text yet: add a shard before expressing the pack.");
  }
  return Expression::build(reader.header().pack_id, reader.shards_read(), reader.stream(),
                           reader.vocabulary(), reader.documents(), reader.classes(),
                           reader.stemmer(), progress);
}

Expresser::Expresser() : impl_(std::make_unique<Impl>()) {}
Expresser::~Expresser() = default;

Status Expresser::open_tables(std::span<const uint8_t> file) {
  return impl_->reader.open_tables(file);
}

Status Expresser::add_shard(std::span<const uint8_t> file) { return impl_->reader.add_shard(file); }

uint32_t Expresser::shards_read() const { return impl_->reader.shards_read(); }

Result<std::vector<uint8_t>> Expresser::express(const ProgressFunction& progress) {
  CENTO_ASSIGN_OR_RETURN(const Expression expression, impl_->build(progress));
  return expression.save();
}

Status Expresser::express(const ImageSink& sink, const ProgressFunction& progress) {
  CENTO_ASSIGN_OR_RETURN(const Expression expression, impl_->build(progress));
  expression.save(sink);
  return Status::ok();
}

// ---- Engine

namespace {

// One mounted expression with its views. Tasks share it, so that mounting another one does not pull
// the index from under them.
struct Mounted {
  Mounted(Expression loaded, const PackReader& reader, const Shares& shares,
          Shared<const Mounted> of_base)
      : base(std::move(of_base)),
        expression(std::move(loaded)),
        corpus(expression, reader.vocabulary(), reader.header().licence),
        retriever(corpus, reader.stemmer(), reader.word_transfer(), &reader.aliases(),
                  base ? &base->expression.words : nullptr),
        subjects(corpus),
        evidence(reader.vocabulary(), expression.tokens,
                 reader.class_count() == 0 ? nullptr : &expression.classes, reader.classes(),
                 shares),
        judge(corpus, reader.classes()),
        discourse(&reader.discourse()) {}

  Shared<const Mounted> base;  // of a layer; owns nothing otherwise
  Expression expression;
  Corpus corpus;
  Retriever retriever;
  SubjectIndex subjects;
  EvidenceModel evidence;
  SentenceJudge judge;
  const DiscourseTables* discourse;
};

}  // namespace

struct Engine::Impl {
  PackReader reader;
  Shared<const Mounted> mounted;
  // Of what is mounted; made when they are first asked.
  std::unique_ptr<Suggester> suggester;
  Shared<TypedText> completed;  // the text that was last completed shortly

  Coverage coverage() const {
    const PackHeader& header = reader.header();
    Coverage coverage;
    coverage.shard_count = header.shard_count;
    coverage.document_count = header.document_count;
    coverage.token_count = header.token_count;
    if (mounted) {
      coverage.shards = mounted->expression.shards;
      coverage.documents = mounted->expression.documents.size();
      coverage.tokens = mounted->expression.tokens.size();
    }
    return coverage;
  }

  // Whether there is something mounted to ask this of.
  Status check_prompt(std::string_view prompt) const {
    if (!mounted) return not_mounted();
    if (prompt.size() > kMaxPromptBytes) {
      return Status::invalid_argument("The prompt is longer than 1 MiB: shorten it.");
    }
    return Status::ok();
  }

  Result<std::vector<TokenId>> token_ids(std::span<const uint32_t> tokens) const {
    std::vector<TokenId> ids;
    for (const uint32_t token : tokens) {
      if (token >= reader.vocabulary().size()) {
        return Status::invalid_argument("The vocabulary has no token " + std::to_string(token) +
                                        ".");
      }
      ids.push_back(static_cast<TokenId>(token));
    }
    return ids;
  }

  std::vector<TokenId> encode(std::string_view text) const {
    std::vector<TokenId> tokens;
    mounted->corpus.tokenizer().encode(text, tokens);
    return tokens;
  }
};

struct AnswerTask::Impl {
  Shared<const Mounted> mounted;
  std::unique_ptr<Composer> composer;
  Coverage coverage;
  Receipt receipt;
  uint64_t work = 0;
};

AnswerTask::AnswerTask(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AnswerTask::~AnswerTask() = default;
AnswerTask::AnswerTask(AnswerTask&&) noexcept = default;
AnswerTask& AnswerTask::operator=(AnswerTask&&) noexcept = default;

bool AnswerTask::step(uint32_t budget) {
  uint32_t spent = 0;
  bool more = true;
  while (more && spent < std::max(budget, 1u)) {
    const uint32_t cost = impl_->composer->step();
    more = cost != 0;
    spent += cost;
  }
  impl_->work += spent;
  Answer& result = impl_->composer->result();
  result.work = impl_->work;
  result.coverage = impl_->coverage;
  if (!more) {
    result.receipt = impl_->receipt;
    result.receipt.digest = answer_digest(result);
  }
  return more;
}

const Answer& AnswerTask::result() const {
  const Composer& composer = *impl_->composer;
  return composer.result();
}

FragmentExplanation AnswerTask::explain(uint32_t fragment) const {
  return impl_->composer->explain(fragment);
}

template <typename Report>
struct TextTask<Report>::Impl {
  using Reader = std::conditional_t<std::is_same_v<Report, Trace>, Tracer, Checker>;

  Impl(Shared<const Mounted> read_from, Reader begun)
      : mounted(std::move(read_from)), reader(std::move(begun)) {}

  Shared<const Mounted> mounted;
  Reader reader;
};

template <typename Report>
TextTask<Report>::TextTask(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
template <typename Report>
TextTask<Report>::~TextTask() = default;
template <typename Report>
TextTask<Report>::TextTask(TextTask&&) noexcept = default;
template <typename Report>
TextTask<Report>& TextTask<Report>::operator=(TextTask&&) noexcept = default;

template <typename Report>
bool TextTask<Report>::step(uint32_t budget) {
  constexpr uint32_t kStepCost = std::is_same_v<Report, Trace> ? 100 : 1000;
  for (uint64_t spent = 0; spent < std::max(budget, 1u); spent += kStepCost) {
    if (!impl_->reader.step()) return false;
  }
  return true;
}

template <typename Report>
const Report& TextTask<Report>::result() const {
  return impl_->reader.result();
}

template class TextTask<CheckReport>;
template class TextTask<Trace>;

namespace {

template <typename Report>
Result<Report> whole(Result<TextTask<Report>> task) {
  if (!task.is_ok()) return task.status();
  while (task.value().step(~uint32_t{0})) {
  }
  return task.value().result();
}

}  // namespace

Engine::Engine() : impl_(std::make_unique<Impl>()) {}
Engine::~Engine() = default;

Status Engine::open_tables(std::span<const uint8_t> file) {
  if (is_mounted()) {
    return Status::invalid_argument("This engine holds a pack already: make another one.");
  }
  return impl_->reader.open_tables(file);
}

Status Engine::mount(std::span<const uint8_t> image, const Engine* base) {
  Expression expression;
  CENTO_RETURN_IF_ERROR(expression.load(image));
  PackReader& reader = impl_->reader;
  const PackHeader& header = reader.header();
  if (expression.pack_id != header.pack_id) {
    return Status::invalid_argument("The index image belongs to another pack: express this one.");
  }
  const bool is_whole = expression.shards == header.shard_count;
  const auto fits = [is_whole](uint32_t covered, uint32_t all) {
    return is_whole ? covered == all : covered <= all;
  };
  if (expression.shards == 0 || expression.shards > header.shard_count ||
      !fits(expression.documents.size(), header.document_count) ||
      !fits(expression.tokens.size(), header.token_count) ||
      expression.tokens.alphabet() != reader.vocabulary().size() ||
      expression.classes.alphabet() != reader.class_count()) {
    return Status::integrity("The index image does not cover what the tables announce.");
  }
  // An empty table, as packs without one have, gives the default shares.
  Shares shares;
  CENTO_RETURN_IF_ERROR(shares.load(reader.shares_table()));
  impl_->suggester.reset();
  impl_->completed = {};
  reader.forget_how_to_read();
  impl_->mounted = Shared<const Mounted>::make(
      std::move(expression), reader, shares, base ? base->impl_->mounted : Shared<const Mounted>());
  return Status::ok();
}

bool Engine::is_mounted() const { return static_cast<bool>(impl_->mounted); }

PackSummary Engine::summary() const {
  const PackReader& reader = impl_->reader;
  const PackHeader& header = reader.header();
  PackSummary summary;
  summary.pack_id = header.pack_id;
  summary.name = header.name;
  summary.title = header.title;
  summary.licence = header.licence;
  summary.language = header.language;
  summary.documents = header.document_count;
  summary.tokens = header.token_count;
  summary.text_bytes = header.text_bytes;
  summary.classes = reader.class_count();
  summary.shapes = reader.shapes().size();
  summary.resident_bytes = reader.memory_bytes();
  if (impl_->mounted) {
    const Mounted& mounted = *impl_->mounted;
    summary.vocabulary = mounted.expression.tokens.alphabet();
    summary.index_bytes = mounted.expression.tokens.memory_bytes();
    summary.resident_bytes += mounted.expression.memory_bytes() + mounted.subjects.memory_bytes() +
                              mounted.evidence.memory_bytes();
  }
  if (impl_->suggester) summary.resident_bytes += impl_->suggester->memory_bytes();
  return summary;
}

Coverage Engine::coverage() const { return impl_->coverage(); }

Result<AnswerTask> Engine::start(Operation operation, std::string_view input,
                                 const AnswerOptions& options, std::span<const Turn> session) {
  CENTO_RETURN_IF_ERROR(impl_->check_prompt(input));
  if (options.max_tokens == 0) {
    return Status::invalid_argument("maxTokens is 0: ask for at least one token.");
  }
  if (operation > Operation::kOverview) return Status::invalid_argument("No such operation.");
  Receipt receipt;
  receipt.engine_version = engine_version();
  receipt.pack = impl_->reader.header().pack_id;
  receipt.shards = impl_->mounted->expression.shards;
  receipt.operation = operation;
  receipt.input = input;
  receipt.session.assign(session.begin(), session.end());
  receipt.options = options;
  const Mounted& mounted = *impl_->mounted;
  std::unique_ptr<Composer> composer;
  switch (operation) {
    case Operation::kComplete:
      if (options.max_tokens <= kShortTokens) {
        if (!impl_->completed) impl_->completed = Shared<TypedText>::make(mounted.evidence);
        composer = std::make_unique<ShortCompleter>(mounted.corpus, mounted.subjects,
                                                    impl_->completed, input, options);
        break;
      }
      composer = std::make_unique<Completer>(mounted.corpus, mounted.subjects, mounted.evidence,
                                             input, options);
      break;
    case Operation::kAsk:
      composer = std::make_unique<Asker>(mounted.retriever, impl_->reader.span_tables(),
                                         mounted.subjects, input, options, session);
      break;
    case Operation::kOverview:
      composer = std::make_unique<Overviewer>(
          OverviewLevels{mounted.retriever, mounted.subjects, *mounted.discourse, mounted.judge},
          input, options);
      break;
  }
  return AnswerTask(std::make_unique<AnswerTask::Impl>(AnswerTask::Impl{
      impl_->mounted, std::move(composer), impl_->coverage(), std::move(receipt), 0}));
}

Result<Answer> Engine::answer(Operation operation, std::string_view input,
                              const AnswerOptions& options, std::span<const Turn> session) {
  CENTO_ASSIGN_OR_RETURN(AnswerTask task, start(operation, input, options, session));
  while (task.step(~uint32_t{0})) {
  }
  return task.result();
}

Result<SearchResults> Engine::search(std::string_view query, const SearchOptions& options) const {
  CENTO_RETURN_IF_ERROR(impl_->check_prompt(query));
  SearchResults results = cento::search(impl_->mounted->retriever, query, options);
  results.coverage = impl_->coverage();
  return results;
}

Result<FragmentExplanation> Engine::explain(const Receipt& receipt, uint32_t fragment) {
  if (!is_mounted()) return not_mounted();
  if (receipt.engine_version != engine_version() ||
      receipt.pack != impl_->reader.header().pack_id ||
      receipt.shards != impl_->mounted->expression.shards) {
    return Status::invalid_argument(
        "The receipt is of another pack, engine version or share of the pack than what is "
        "mounted.");
  }
  CENTO_ASSIGN_OR_RETURN(AnswerTask task,
                         start(receipt.operation, receipt.input, receipt.options, receipt.session));
  while (task.step(~uint32_t{0})) {
  }
  if (task.result().receipt.digest != receipt.digest) {
    return Status::invalid_argument("The receipt does not reproduce its answer: it was altered.");
  }
  if (fragment >= task.result().fragments.size()) {
    return Status::invalid_argument("The answer has " +
                                    std::to_string(task.result().fragments.size()) +
                                    " fragments: their numbers begin with 0.");
  }
  return task.explain(fragment);
}

Result<Trace> Engine::trace(std::string_view text, const TraceOptions& options) const {
  return whole(start_trace(text, options));
}

Result<TraceTask> Engine::start_trace(std::string_view text, const TraceOptions& options) const {
  if (!is_mounted()) return not_mounted();
  if (text.size() > kMaxTraceBytes) {
    return Status::invalid_argument("The text is longer than 16 MiB: trace it in parts.");
  }
  Tracer tracer(impl_->mounted->corpus, text, options);
  return TraceTask(std::make_unique<TraceTask::Impl>(impl_->mounted, std::move(tracer)));
}

Result<CheckReport> Engine::check(std::string_view text) const { return whole(start_check(text)); }

Result<CheckTask> Engine::start_check(std::string_view text) const {
  if (!is_mounted()) return not_mounted();
  if (text.size() > kMaxTraceBytes) {
    return Status::invalid_argument("The text is longer than 16 MiB: check it in parts.");
  }
  Checker checker(impl_->mounted->corpus, text);
  checker.result().coverage = impl_->coverage();
  return CheckTask(std::make_unique<CheckTask::Impl>(impl_->mounted, std::move(checker)));
}

Result<AttestedMask> Engine::attested_mask(std::span<const uint32_t> context) const {
  if (!is_mounted()) return not_mounted();
  CENTO_ASSIGN_OR_RETURN(const std::vector<TokenId> tokens, impl_->token_ids(context));
  return cento::attested_mask(impl_->mounted->corpus, tokens);
}

Result<std::vector<uint32_t>> Engine::encode(std::string_view text) const {
  CENTO_RETURN_IF_ERROR(impl_->check_prompt(text));
  const std::vector<TokenId> tokens = impl_->encode(text);
  return std::vector<uint32_t>(tokens.begin(), tokens.end());
}

Result<std::string> Engine::decode(std::span<const uint32_t> tokens) const {
  if (!is_mounted()) return not_mounted();
  CENTO_ASSIGN_OR_RETURN(const std::vector<TokenId> ids, impl_->token_ids(tokens));
  std::string text;
  impl_->mounted->corpus.tokenizer().decode(ids, text);
  return text;
}

Result<Suggestions> Engine::suggest(std::string_view text, const SuggestOptions& options) {
  CENTO_RETURN_IF_ERROR(impl_->check_prompt(text));
  if (!impl_->suggester) {
    const Mounted& mounted = *impl_->mounted;
    impl_->suggester = mounted.base ? std::make_unique<Suggester>(mounted.evidence, 1)
                                    : std::make_unique<Suggester>(mounted.evidence);
  }
  return Suggestions{impl_->suggester->suggest(text, options), impl_->coverage()};
}

Result<Predictions> Engine::predict(std::string_view text, uint32_t limit) {
  CENTO_RETURN_IF_ERROR(impl_->check_prompt(text));
  return predict_next(impl_->mounted->evidence, text, std::min(limit, kMaxPredictions));
}

Result<TokenExplanation> Engine::explain_next(std::string_view text, std::string_view next) {
  CENTO_RETURN_IF_ERROR(impl_->check_prompt(text));
  CENTO_RETURN_IF_ERROR(impl_->check_prompt(next));
  return cento::explain_next(impl_->mounted->evidence, text, next);
}

Result<Score> Engine::score(std::string_view text, uint32_t check_every) const {
  if (!is_mounted()) return not_mounted();
  if (text.size() > kMaxTraceBytes) {
    return Status::invalid_argument("The text is longer than 16 MiB: score it in parts.");
  }
  return score_text(impl_->mounted->evidence, text, check_every);
}

Result<uint64_t> Engine::count(std::string_view text) const {
  if (!is_mounted()) return not_mounted();
  return uint64_t{impl_->mounted->corpus.index().find(impl_->encode(text)).count()};
}

Result<NextTokens> Engine::next(std::string_view text, uint32_t limit) const {
  if (!is_mounted()) return not_mounted();
  const Corpus& corpus = impl_->mounted->corpus;
  const std::vector<TokenId> tokens = impl_->encode(text);
  const RowRange range = corpus.index().find(tokens);
  NextTokens next;
  next.count = range.count();
  if (range.is_empty()) return next;
  next.distinct = corpus.index().distinct_followers(range, static_cast<uint32_t>(tokens.size()));
  std::vector<Follower> followers;
  corpus.index().followers(range, limit, followers);
  for (const Follower& follower : followers) {
    next.tokens.push_back({std::string(corpus.vocabulary().text(follower.symbol)), follower.count});
  }
  return next;
}

Result<Located> Engine::locate(std::string_view text, uint32_t limit) const {
  if (!is_mounted()) return not_mounted();
  const std::vector<TokenId> tokens = impl_->encode(text);
  if (tokens.empty())
    return Status::invalid_argument("There is nothing to locate: the text is empty.");
  const Corpus& corpus = impl_->mounted->corpus;
  const RowRange range = corpus.index().find(tokens);
  Located located;
  located.count = range.count();
  // The first places in document order; all of them are looked at while that is cheap.
  constexpr uint32_t kMaxLooked = 4096;
  std::vector<uint64_t> ends;
  for (uint32_t i = 0; i < std::min(range.count(), std::max(limit, kMaxLooked)); ++i) {
    ends.push_back(corpus.index().locate(range.begin + i));
  }
  sort_numbers(ends);
  if (ends.size() > limit) ends.resize(limit);
  for (const uint64_t at : ends) {
    const auto end = static_cast<TextPos>(at);
    const TokenRange place{end - static_cast<uint32_t>(tokens.size()), end};
    located.sources.push_back(corpus.source(place, text));
  }
  return located;
}

Result<Excerpt> Engine::excerpt(std::string_view document_id, uint64_t begin_utf16,
                                uint64_t end_utf16, uint32_t context_bytes) const {
  if (!is_mounted()) return not_mounted();
  const Corpus& corpus = impl_->mounted->corpus;
  for (DocId d = 0; d < corpus.documents().size(); ++d) {
    if (corpus.documents()[d].id == document_id) {
      return corpus.excerpt(d, begin_utf16, end_utf16, context_bytes);
    }
  }
  return Status(StatusCode::kNotFound,
                "There is no document '" + std::string(document_id) + "' in what is mounted.");
}

uint64_t Engine::bench_followers(uint64_t seed, uint32_t first, uint32_t queries) const {
  if (!is_mounted()) return 0;
  const PatternIndex& index = impl_->mounted->expression.tokens;
  uint64_t checksum = 0;
  std::vector<Symbol> context;
  std::vector<Follower> followers;
  for (uint32_t query = first; query < first + queries; ++query) {
    const uint32_t length = 1 + query % 5;
    if (index.size() <= length) break;
    Random random(seed + query);
    context.clear();
    index.extract(random.below(index.size() - length), length, context);
    followers.clear();
    index.followers(index.find(context), 10, followers);
    for (const Follower& follower : followers) {
      checksum = (checksum ^ (uint64_t{follower.symbol} << 32 | follower.count)) * 0x100000001B3u;
    }
  }
  return checksum;
}

}  // namespace cento
