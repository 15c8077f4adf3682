// The engine for JavaScript: `Expresser`, `Engine`, `AnswerTask`, `CheckTask` and `Verifier` of
// cento/*.h as plain functions, and nothing else. web/src/worker/module.ts makes classes of them.
//
// Objects are pointers, which JavaScript makes with `…_new` and gives back with `…_delete`. A text
// or other bytes go in as address and size; JavaScript puts them into memory that it has from
// `cento_allocate`, which the call does not keep. What can have a result of any size gives an
// `Outcome`, which JavaScript reads and deletes. Every call may grow the memory, which detaches
// JavaScript's views of it.
#include <cstdlib>
#include <span>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/sha256.h"
#include "cento/engine.h"
#include "cento/layer.h"
#include "cento/verify.h"
#include "facade/answer_bytes.h"

// JavaScript's: it takes the next bytes of an image of that size.
extern "C" void cento_image_block(const uint8_t* data, size_t size, size_t image_bytes);

#define CENTO_EXPORT extern "C" __attribute__((used, visibility("default")))

// Without exceptions, running out of memory must stop the instance and not give null.
void* operator new(size_t size) {
  if (void* memory = std::malloc(size)) return memory;
  __builtin_trap();
}
void operator delete(void* memory) noexcept { std::free(memory); }

namespace {

using cento::AnswerReader;
using cento::Bytes;
using cento::Engine;
using cento::Expresser;
using cento::LayerWriter;
using cento::Result;
using cento::Status;
using cento::Verifier;

// JavaScript reads the first three members: three 32-bit words.
struct Outcome {
  Outcome(bool ok, std::string json)
      : data(json.data()), size(json.size()), is_ok(ok), text(std::move(json)) {
    data = text.data();  // a short text moves with its owner
  }
  explicit Outcome(std::vector<uint8_t> image)
      : data(image.data()), size(image.size()), is_ok(true), bytes(std::move(image)) {}

  const void* data;  // JSON, {code, message, offset?} where it is not ok; or an image
  uint32_t size;
  uint32_t is_ok;
  std::string text;
  std::vector<uint8_t> bytes;
};

std::string to_json(uint64_t number) { return cento::JsonWriter().number(number).take(); }
std::string to_json(std::string_view text) { return cento::JsonWriter().string(text).take(); }

Outcome* ok(std::string json) { return new Outcome(true, std::move(json)); }

Outcome* outcome(const Status& status) {
  if (status.is_ok()) return ok("null");
  cento::JsonWriter json;
  json.begin_object()
      .field("code", cento::status_code_name(status.code()))
      .field("message", status.message());
  if (status.has_offset()) json.field("offset", status.offset());
  json.end_object();
  return new Outcome(false, json.take());
}

template <typename T>
Outcome* outcome(const Result<T>& result) {
  return result.is_ok() ? ok(to_json(result.value())) : outcome(result.status());
}

// Work that is done in slices.
class Task {
 public:
  virtual ~Task() = default;
  virtual Outcome* status() const = 0;
  // REQUIRES, of these: the status is ok.
  virtual bool step(uint32_t budget) = 0;
  virtual Outcome* fragments(size_t from) const = 0;
  virtual Outcome* result() const = 0;
};

template <typename Work>
class TaskOf : public Task {
 public:
  explicit TaskOf(Result<Work> work) : work_(std::move(work)) {}
  Outcome* status() const override { return outcome(work_.status()); }
  bool step(uint32_t budget) override { return work_.value().step(budget); }
  Outcome* fragments(size_t from) const override {
    std::span<const cento::Fragment> all;
    if constexpr (std::is_same_v<Work, cento::AnswerTask>) all = work_.value().result().fragments;
    return ok(to_json(all.subspan(from)));
  }
  Outcome* result() const override { return ok(to_json(work_.value().result())); }

 private:
  Result<Work> work_;
};

template <typename Work>
Task* task_of(Result<Work> work) {
  return new TaskOf<Work>(std::move(work));
}

}  // namespace

// ---- Memory

CENTO_EXPORT void* cento_allocate(size_t size) { return operator new(size); }
CENTO_EXPORT void cento_free(void* memory) { operator delete(memory); }
CENTO_EXPORT void outcome_delete(Outcome* outcome) { delete outcome; }

// ---- About the engine

CENTO_EXPORT Outcome* cento_version() { return ok(to_json(cento::engine_version())); }
CENTO_EXPORT Outcome* cento_kernel() { return ok(to_json(cento::kernel())); }
CENTO_EXPORT Outcome* cento_sha256(const uint8_t* data, size_t size) {
  return ok(to_json(cento::to_hex(cento::sha256({data, size}))));
}

// ---- Expresser

CENTO_EXPORT Expresser* expresser_new() { return new Expresser; }
CENTO_EXPORT void expresser_delete(Expresser* expresser) { delete expresser; }
CENTO_EXPORT Outcome* expresser_open_tables(Expresser* expresser, const uint8_t* data,
                                            size_t size) {
  return outcome(expresser->open_tables({data, size}));
}
CENTO_EXPORT Outcome* expresser_add_shard(Expresser* expresser, const uint8_t* data, size_t size) {
  return outcome(expresser->add_shard({data, size}));
}
// Hands the image on with `cento_image_block`: there need not be memory for it.
CENTO_EXPORT Outcome* expresser_express(Expresser* expresser) {
  return outcome(expresser->express([](uint64_t image_bytes, Bytes block) {
    cento_image_block(block.data(), block.size(), static_cast<size_t>(image_bytes));
  }));
}

// ---- LayerWriter

CENTO_EXPORT LayerWriter* layer_new() { return new LayerWriter; }
CENTO_EXPORT void layer_delete(LayerWriter* layer) { delete layer; }
CENTO_EXPORT Outcome* layer_open_tables(LayerWriter* layer, const uint8_t* data, size_t size) {
  return outcome(layer->open_tables({data, size}));
}
CENTO_EXPORT Outcome* layer_add(LayerWriter* layer, const char* id, size_t id_size,
                                const char* title, size_t title_size, const char* url,
                                size_t url_size, const char* text, size_t size) {
  return outcome(layer->add({id, id_size}, {title, title_size}, {url, url_size}, {text, size}));
}
CENTO_EXPORT Outcome* layer_finish(LayerWriter* layer, const char* name, size_t name_size,
                                   const char* title, size_t title_size, const char* licence,
                                   size_t licence_size, const char* language,
                                   size_t language_size) {
  return outcome(layer->finish({{name, name_size},
                                {title, title_size},
                                {licence, licence_size},
                                {language, language_size}}));
}
// The bytes are a file. REQUIRES: layer_finish was ok.
CENTO_EXPORT Outcome* layer_tables(const LayerWriter* layer) {
  return new Outcome(std::vector<uint8_t>(layer->tables()));
}
CENTO_EXPORT Outcome* layer_shard(const LayerWriter* layer) {
  return new Outcome(std::vector<uint8_t>(layer->shard()));
}

// ---- Engine

CENTO_EXPORT Engine* engine_new() { return new Engine; }
CENTO_EXPORT void engine_delete(Engine* engine) { delete engine; }
CENTO_EXPORT Outcome* engine_open_tables(Engine* engine, const uint8_t* data, size_t size) {
  return outcome(engine->open_tables({data, size}));
}
// `base` may be null.
CENTO_EXPORT Outcome* engine_mount(Engine* engine, const uint8_t* data, size_t size,
                                   const Engine* base) {
  return outcome(engine->mount({data, size}, base));
}
CENTO_EXPORT Outcome* engine_summary(const Engine* engine) {
  return ok(to_json(engine->summary()));
}
CENTO_EXPORT Outcome* engine_coverage(const Engine* engine) {
  return ok(to_json(engine->coverage()));
}
CENTO_EXPORT Outcome* engine_search(const Engine* engine, const uint8_t* data, size_t size) {
  const auto [query, options] = AnswerReader({data, size}).search();
  return outcome(engine->search(query, options));
}
CENTO_EXPORT Outcome* engine_explain(Engine* engine, const uint8_t* receipt, size_t size,
                                     uint32_t fragment) {
  return outcome(engine->explain(AnswerReader({receipt, size}).receipt(), fragment));
}
// Tokens are 32-bit ids; the size is in bytes. What cento_allocate gives is aligned for them.
CENTO_EXPORT Outcome* engine_attested_mask(const Engine* engine, const uint32_t* tokens,
                                           size_t size) {
  return outcome(engine->attested_mask({tokens, size / sizeof *tokens}));
}
CENTO_EXPORT Outcome* engine_encode(const Engine* engine, const char* text, size_t size) {
  const auto tokens = engine->encode({text, size});
  if (!tokens.is_ok()) return outcome(tokens.status());
  cento::JsonWriter json;
  json.begin_array();
  for (const uint32_t token : tokens.value()) json.number(token);
  return ok(json.end_array().take());
}
CENTO_EXPORT Outcome* engine_decode(const Engine* engine, const uint32_t* tokens, size_t size) {
  return outcome(engine->decode({tokens, size / sizeof *tokens}));
}
CENTO_EXPORT Outcome* engine_suggest(Engine* engine, const char* text, size_t size, uint32_t limit,
                                     uint32_t max_words, uint32_t max_edits, uint32_t skip_shown,
                                     uint32_t add_space) {
  return outcome(engine->suggest({text, size}, {.limit = limit,
                                                .max_words = max_words,
                                                .max_edits = max_edits,
                                                .skip_shown = skip_shown != 0,
                                                .add_space = add_space != 0}));
}
CENTO_EXPORT Outcome* engine_predict(Engine* engine, const char* text, size_t size,
                                     uint32_t limit) {
  return outcome(engine->predict({text, size}, limit));
}
CENTO_EXPORT Outcome* engine_explain_next(Engine* engine, const char* text, size_t size,
                                          const char* next, size_t next_size) {
  return outcome(engine->explain_next({text, size}, {next, next_size}));
}
CENTO_EXPORT Outcome* engine_score(const Engine* engine, const char* text, size_t size,
                                   uint32_t check_every) {
  return outcome(engine->score({text, size}, check_every));
}
CENTO_EXPORT Outcome* engine_count(const Engine* engine, const char* text, size_t size) {
  return outcome(engine->count({text, size}));
}
CENTO_EXPORT Outcome* engine_next(const Engine* engine, const char* text, size_t size,
                                  uint32_t limit) {
  return outcome(engine->next({text, size}, limit));
}
CENTO_EXPORT Outcome* engine_locate(const Engine* engine, const char* text, size_t size,
                                    uint32_t limit) {
  return outcome(engine->locate({text, size}, limit));
}
// Offsets are whole: JavaScript's numbers hold those of any text.
CENTO_EXPORT Outcome* engine_excerpt(const Engine* engine, const char* id, size_t size,
                                     double begin, double end, uint32_t context_bytes) {
  return outcome(engine->excerpt({id, size}, static_cast<uint64_t>(begin),
                                 static_cast<uint64_t>(end), context_bytes));
}
// A string of decimal digits: the checksum has more bits than a JavaScript number.
CENTO_EXPORT Outcome* engine_bench_followers(const Engine* engine, double seed, uint32_t first,
                                             uint32_t queries) {
  const uint64_t sum = engine->bench_followers(static_cast<uint64_t>(seed), first, queries);
  return ok(to_json(std::to_string(sum)));
}

// ---- Tasks, which the engine must outlive.

CENTO_EXPORT Task* engine_start(Engine* engine, const uint8_t* request, size_t size) {
  const cento::Receipt asked = AnswerReader({request, size}).request();
  return task_of(engine->start(asked.operation, asked.input, asked.options, asked.session));
}
CENTO_EXPORT Task* engine_start_check(const Engine* engine, const char* text, size_t size) {
  return task_of(engine->start_check({text, size}));
}
CENTO_EXPORT Task* engine_start_trace(const Engine* engine, const char* text, size_t size,
                                      uint32_t min_words, uint32_t max_sources) {
  return task_of(
      engine->start_trace({text, size}, {.min_words = min_words, .max_sources = max_sources}));
}
CENTO_EXPORT void task_delete(Task* task) { delete task; }
CENTO_EXPORT Outcome* task_status(const Task* task) { return task->status(); }
// REQUIRES, of the following: the status is ok.
CENTO_EXPORT bool task_step(Task* task, uint32_t budget) { return task->step(budget); }
// Of an answer, those from the given one on. REQUIRES: there were so many.
CENTO_EXPORT Outcome* task_fragments(const Task* task, size_t from) {
  return task->fragments(from);
}
CENTO_EXPORT Outcome* task_result(const Task* task) { return task->result(); }

// ---- Verifier

CENTO_EXPORT Verifier* verifier_new() { return new Verifier; }
CENTO_EXPORT void verifier_delete(Verifier* verifier) { delete verifier; }
CENTO_EXPORT Outcome* verifier_open_tables(Verifier* verifier, const uint8_t* data, size_t size) {
  return outcome(verifier->open_tables({data, size}));
}
CENTO_EXPORT Outcome* verifier_add_shard(Verifier* verifier, const uint8_t* data, size_t size) {
  return outcome(verifier->add_shard({data, size}));
}
CENTO_EXPORT Outcome* verifier_verify(const Verifier* verifier, const uint8_t* data, size_t size) {
  return ok(to_json(verifier->verify(AnswerReader({data, size}).answer())));
}
CENTO_EXPORT Outcome* verifier_verify_windows(const Verifier* verifier, const char* text,
                                              size_t size) {
  return ok(to_json(verifier->verify_windows({text, size})));
}
