// The engine: start reading here. One `Engine` answers from one pack.
//
//   Expresser expresser;                       // on any thread; can be thrown away afterwards
//   expresser.open_tables(tables);             // the files of a pack, see docs/format.md
//   expresser.add_shard(shard);                // once for each shard, in order
//   auto image = expresser.express();          // builds the index: bytes to be kept and moved
//
//   Engine engine;
//   engine.open_tables(tables);
//   engine.mount(image);                       // answers cover the shards that the image covers
//   auto answer = engine.answer(Operation::kAsk, "What is the capital of Kenya?", {});
//
// Results are structs (cento/results.h) and become JSON by `to_json`. All ranges are half-open.
// Byte offsets are offsets in UTF-8; members ending in `_utf16` count UTF-16 code units as
// JavaScript does. Threads: an Engine is used by one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cento/results.h"
#include "cento/status.h"

namespace cento {

std::string_view engine_version();
// What the engine was built for or found: "simd128" (WebAssembly with SIMD128), "popcnt" (x86-64
// with that instruction) or "scalar".
std::string_view kernel();

// Called during long work: (phase, done, total); false cancels. See base/progress.h.
using ProgressFunction = std::function<bool(std::string_view phase, uint64_t done, uint64_t total)>;

// Turns the files of a pack into an *expression*: the index and everything else that is derived on
// the device, as one flat image.
class Expresser {
 public:
  Expresser();
  ~Expresser();
  Status open_tables(std::span<const uint8_t> file);
  Status add_shard(std::span<const uint8_t> file);
  uint32_t shards_read() const;
  // Builds over what was read so far; may be called again after more shards.
  // Cost: linear in the tokens read. Errors: kAborted, kInvalidArgument (nothing read yet).
  Result<std::vector<uint8_t>> express(const ProgressFunction& progress = {});
  // The same image, handed on block by block: where memory is short there is no room for it beside
  // the index that it is made of. `sink` is told the size of all of it each time.
  using ImageSink = std::function<void(uint64_t image_bytes, std::span<const uint8_t> block)>;
  Status express(const ImageSink& sink, const ProgressFunction& progress = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// An answer at work: resumable, so that a worker can listen between two slices.
// Lifetime: independent of later mounts (it goes on with what was mounted when it began); the
// engine's reader must outlive it.
class AnswerTask {
 public:
  struct Impl;
  explicit AnswerTask(std::unique_ptr<Impl> impl);
  ~AnswerTask();
  AnswerTask(AnswerTask&&) noexcept;
  AnswerTask& operator=(AnswerTask&&) noexcept;
  // Works for about `budget` units (a unit is one look-up in the index, roughly a microsecond) and
  // says whether more is to be done. Deterministic: the result does not depend on the budgets.
  bool step(uint32_t budget);
  // Sentences finished so far are final: fragments are only ever appended. Complete, with its
  // receipt, when step() says false.
  const Answer& result() const;
  // Why a fragment of the result was chosen. REQUIRES: step() has said false, and the result has
  // that fragment.
  FragmentExplanation explain(uint32_t fragment) const;

 private:
  std::unique_ptr<Impl> impl_;
};

// A text at work, however long it is, as an AnswerTask is: the same lifetime, and budgets.
template <typename Report>
class TextTask {
 public:
  struct Impl;
  explicit TextTask(std::unique_ptr<Impl> impl);
  ~TextTask();
  TextTask(TextTask&&) noexcept;
  TextTask& operator=(TextTask&&) noexcept;
  // Says whether more is to be done.
  bool step(uint32_t budget);
  // Of what was read so far, in the order of the text.
  const Report& result() const;

 private:
  std::unique_ptr<Impl> impl_;
};
using CheckTask = TextTask<CheckReport>;
using TraceTask = TextTask<Trace>;

class Engine {
 public:
  Engine();
  ~Engine();

  // Base tables, if there are any, and then the tables. Errors: kIntegrity, kVersionMismatch,
  // kInvalidArgument (something is mounted already).
  Status open_tables(std::span<const uint8_t> file);
  // Takes an image made from the first shards of the same pack: the text is read out of it, so the
  // engine needs no shard. What was mounted before answers until this succeeds. Errors: kIntegrity,
  // kVersionMismatch, kInvalidArgument (another pack's image).
  // `base` is that of a layer (cento/layer.h): what is mounted there by now says how rare words
  // are, and stays as long as the layer is.
  Status mount(std::span<const uint8_t> image, const Engine* base = nullptr);
  bool is_mounted() const;

  PackSummary summary() const;
  Coverage coverage() const;

  // The calls below give kInvalidArgument before `mount`.
  // Composes an answer: continues `input`, answers it, or gives an overview of it. `session` is
  // what was asked before, oldest first. A refusal is a result. Errors: kInvalidArgument.
  Result<Answer> answer(Operation operation, std::string_view input, const AnswerOptions& options,
                        std::span<const Turn> session = {});
  Result<AnswerTask> start(Operation operation, std::string_view input,
                           const AnswerOptions& options, std::span<const Turn> session = {});
  // Why fragment number `fragment` of the answer with this receipt was chosen, by composing it
  // again. Errors: kInvalidArgument (no such fragment; another pack, engine version or coverage; a
  // receipt that does not reproduce its answer).
  Result<FragmentExplanation> explain(const Receipt& receipt, uint32_t fragment);
  // The passages that fit a query best. "Words in quotes" must stand as they are; words that stand
  // nowhere are taken for their nearest neighbours.
  Result<SearchResults> search(std::string_view query, const SearchOptions& options) const;
  // Holds each sentence of any text against the documents.
  Result<CheckReport> check(std::string_view text) const;
  Result<CheckTask> start_check(std::string_view text) const;
  // Which tokens may come after `context` (ids of `encode`) so that every window of words inside a
  // sentence stays attested. Errors: kInvalidArgument (an id that the vocabulary lacks).
  Result<AttestedMask> attested_mask(std::span<const uint32_t> context) const;
  Result<std::vector<uint32_t>> encode(std::string_view text) const;
  Result<std::string> decode(std::span<const uint32_t> tokens) const;
  // The maximal attested spans of any text (matching statistics), with sources.
  Result<Trace> trace(std::string_view text, const TraceOptions& options) const;
  Result<TraceTask> start_trace(std::string_view text, const TraceOptions& options) const;
  // The next words at the end of `text`, or the rest of the word that it ends in, from the pack and
  // from `text` itself. Cost: about a millisecond; texts that go on from the last call's are read
  // from there.
  Result<Suggestions> suggest(std::string_view text, const SuggestOptions& options);
  // The most probable next tokens after `text`, exactly.
  Result<Predictions> predict(std::string_view text, uint32_t limit);
  // Why the first token of `next` is as probable as it is after `text`. Errors: kInvalidArgument
  // (`next` is empty).
  Result<TokenExplanation> explain_next(std::string_view text, std::string_view next);
  // How well the pack predicts `text`, taken as a document of its own. Sums all probabilities at
  // every `check_every`-th token; 0 is never. Cost: some 10 µs a token.
  Result<Score> score(std::string_view text, uint32_t check_every) const;
  // The pattern index itself. `text` is encoded as it stands: " the" and "the" differ.
  Result<uint64_t> count(std::string_view text) const;
  Result<NextTokens> next(std::string_view text, uint32_t limit) const;
  Result<Located> locate(std::string_view text, uint32_t limit) const;
  // The text around bytes [begin, end) of a document, for showing a source in its place.
  Result<Excerpt> excerpt(std::string_view document_id, uint64_t begin_utf16, uint64_t end_utf16,
                          uint32_t context_bytes) const;
  // For benchmarks: the exact top-10 followers of `queries` contexts that stand at seeded random
  // positions, of 1 to 5 tokens in turn, numbers [first, first + queries) of the seed's sequence.
  // Gives a checksum over all followers and their counts; 0 before `mount`.
  uint64_t bench_followers(uint64_t seed, uint32_t first, uint32_t queries) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cento
