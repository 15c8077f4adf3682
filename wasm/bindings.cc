// The engine for JavaScript: `Expresser`, `Engine`, `CompletionTask` and `Verifier` of cento/*.h,
// and nothing else. web/src/worker/module.ts declares the same in TypeScript.
//
// Bytes go in through an `Input`, which JavaScript fills: `input.reserve(n).set(bytes)`. Results
// come out as an `Outcome` whose `json` is what the engine's one serialiser wrote. Views of memory
// are void after the next call, which may grow the memory: use them at once.
#include <emscripten/bind.h>
#include <emscripten/heap.h>

#include "base/sha256.h"
#include "cento/engine.h"
#include "cento/verify.h"

namespace {

using cento::Result;
using cento::Status;
using emscripten::typed_memory_view;
using emscripten::val;

class Input {
 public:
  val reserve(size_t size) {
    bytes_.resize(size);
    return val(typed_memory_view(bytes_.size(), bytes_.data()));
  }
  std::span<const uint8_t> bytes() const { return bytes_; }
  std::string sha256() const { return cento::to_hex(cento::sha256(bytes_)); }

 private:
  std::vector<uint8_t> bytes_;
};

struct Outcome {
  bool ok = true;
  std::string code;
  std::string message;
  double offset = -1;  // -1: none
  std::string json;
};

Outcome outcome(const Status& status) {
  return {.ok = status.is_ok(),
          .code = std::string(cento::status_code_name(status.code())),
          .message = status.message(),
          .offset = status.has_offset() ? static_cast<double>(status.offset()) : -1,
          .json = {}};
}

template <typename T>
Outcome outcome(const Result<T>& result) {
  Outcome out = outcome(result.status());
  if (result.is_ok()) out.json = to_json(result.value());
  return out;
}

Outcome outcome(const Result<uint64_t>& result) {
  Outcome out = outcome(result.status());
  if (result.is_ok()) out.json = std::to_string(result.value());
  return out;
}

struct Options {
  uint32_t max_tokens;
  std::string seed;  // decimal digits: JavaScript's numbers do not hold all
  uint32_t grounding;
  uint32_t max_quote;
};

// REQUIRES: `digits` are those of a number of 64 bits.
uint64_t number_from(const std::string& digits) {
  uint64_t number = 0;
  for (const char digit : digits) number = number * 10 + static_cast<uint64_t>(digit - '0');
  return number;
}

class Expresser {
 public:
  Outcome open_tables(const Input& input) { return outcome(expresser_.open_tables(input.bytes())); }
  Outcome add_shard(const Input& input) { return outcome(expresser_.add_shard(input.bytes())); }
  Outcome express() {
    auto image = expresser_.express();
    if (image.is_ok()) image_ = std::move(image.value());
    return outcome(image.status());
  }
  val image() const { return val(typed_memory_view(image_.size(), image_.data())); }

 private:
  cento::Expresser expresser_;
  std::vector<uint8_t> image_;
};

class Engine {
 public:
  cento::Engine& get() { return engine_; }

  Outcome open_tables(const Input& input) { return outcome(engine_.open_tables(input.bytes())); }
  Outcome add_shard(const Input& input) { return outcome(engine_.add_shard(input.bytes())); }
  Outcome mount(const Input& input) { return outcome(engine_.mount(input.bytes())); }
  std::string summary() const { return to_json(engine_.summary()); }
  std::string coverage() const { return to_json(engine_.coverage()); }
  Outcome trace(const std::string& text, uint32_t min_words, uint32_t max_sources) {
    return outcome(engine_.trace(text, {.min_words = min_words, .max_sources = max_sources}));
  }
  Outcome count(const std::string& text) const { return outcome(engine_.count(text)); }
  Outcome next(const std::string& text, uint32_t limit) const {
    return outcome(engine_.next(text, limit));
  }
  Outcome locate(const std::string& text, uint32_t limit) const {
    return outcome(engine_.locate(text, limit));
  }
  Outcome excerpt(const std::string& document_id, double begin, double end,
                  uint32_t context_bytes) const {
    return outcome(engine_.excerpt(document_id, static_cast<uint64_t>(begin),
                                   static_cast<uint64_t>(end), context_bytes));
  }
  // The checksum in decimal: it has more bits than a JavaScript number.
  std::string bench_followers(double seed, uint32_t first, uint32_t queries) const {
    return std::to_string(engine_.bench_followers(static_cast<uint64_t>(seed), first, queries));
  }

 private:
  cento::Engine engine_;
};

class CompletionTask {
 public:
  // The engine must outlive the task and must not `mount` while it lives.
  CompletionTask(Engine& engine, const std::string& prompt, const Options& options)
      : task_(engine.get().start_completion(
            prompt, {.max_tokens = options.max_tokens,
                     .seed = number_from(options.seed),
                     .grounding = static_cast<cento::Grounding>(options.grounding),
                     .max_quote = options.max_quote})) {}

  Outcome status() const { return outcome(task_.status()); }
  // REQUIRES, of the following: status() is ok.
  bool step(uint32_t budget) { return task_.value().step(budget); }
  size_t fragment_count() const { return task_.value().result().fragments.size(); }
  std::string result() const { return to_json(task_.value().result()); }

 private:
  Result<cento::CompletionTask> task_;
};

// Reads what `to_json` wrote of it. REQUIRES: the members are there and of the right types (the
// caller checks; see web/src/worker/completion_check.ts).
cento::Completion completion_from(const val& object) {
  const auto offset = [](const val& source, const char* name) {
    return static_cast<uint64_t>(source[name].as<double>());
  };
  cento::Completion completion;
  completion.text = object["text"].as<std::string>();
  completion.refused = object["refused"].as<bool>();
  for (const val& item : vecFromJSArray<val>(object["fragments"])) {
    const val from = item["source"];
    const val why = item["why"];
    cento::Fragment fragment;
    fragment.text = item["text"].as<std::string>();
    fragment.source.pack = from["pack"].as<std::string>();
    fragment.source.licence = from["licence"].as<std::string>();
    fragment.source.document_id = from["documentId"].as<std::string>();
    fragment.source.title = from["title"].as<std::string>();
    fragment.source.url = from["url"].as<std::string>();
    fragment.source.headings = emscripten::vecFromJSArray<std::string>(from["headings"]);
    fragment.source.begin_bytes = offset(from, "startBytes");
    fragment.source.end_bytes = offset(from, "endBytes");
    fragment.source.begin_utf16 = offset(from, "start");
    fragment.source.end_utf16 = offset(from, "end");
    fragment.why.context_words = why["contextWords"].as<uint32_t>();
    completion.fragments.push_back(std::move(fragment));
  }
  completion.receipt.pack = object["receipt"]["pack"].as<std::string>();
  completion.receipt.input = object["receipt"]["input"].as<std::string>();
  return completion;
}

class Verifier {
 public:
  Outcome open_tables(const Input& input) { return outcome(verifier_.open_tables(input.bytes())); }
  Outcome add_shard(const Input& input) { return outcome(verifier_.add_shard(input.bytes())); }
  std::string verify(const val& completion) const {
    return to_json(verifier_.verify(completion_from(completion)));
  }
  std::string verify_windows(const std::string& text) const {
    return to_json(verifier_.verify_windows(text));
  }

 private:
  cento::Verifier verifier_;
};

std::string version() { return std::string(cento::engine_version()); }
std::string kernel() { return std::string(cento::rank_kernel()); }
double memory_bytes() { return static_cast<double>(emscripten_get_heap_size()); }

}  // namespace

EMSCRIPTEN_BINDINGS(cento) {
  using namespace emscripten;

  function("version", &version);
  function("kernel", &kernel);
  function("memoryBytes", &memory_bytes);

  value_object<Outcome>("Outcome")
      .field("ok", &Outcome::ok)
      .field("code", &Outcome::code)
      .field("message", &Outcome::message)
      .field("offset", &Outcome::offset)
      .field("json", &Outcome::json);
  value_object<Options>("Options")
      .field("maxTokens", &Options::max_tokens)
      .field("seed", &Options::seed)
      .field("grounding", &Options::grounding)
      .field("maxQuote", &Options::max_quote);

  class_<Input>("Input")
      .constructor<>()
      .function("reserve", &Input::reserve)
      .function("sha256", &Input::sha256);
  class_<Expresser>("Expresser")
      .constructor<>()
      .function("openTables", &Expresser::open_tables)
      .function("addShard", &Expresser::add_shard)
      .function("express", &Expresser::express)
      .function("image", &Expresser::image);
  class_<Engine>("Engine")
      .constructor<>()
      .function("openTables", &Engine::open_tables)
      .function("addShard", &Engine::add_shard)
      .function("mount", &Engine::mount)
      .function("summary", &Engine::summary)
      .function("coverage", &Engine::coverage)
      .function("trace", &Engine::trace)
      .function("count", &Engine::count)
      .function("next", &Engine::next)
      .function("locate", &Engine::locate)
      .function("excerpt", &Engine::excerpt)
      .function("benchFollowers", &Engine::bench_followers);
  class_<CompletionTask>("CompletionTask")
      .constructor<Engine&, const std::string&, const Options&>()
      .function("status", &CompletionTask::status)
      .function("step", &CompletionTask::step)
      .function("fragmentCount", &CompletionTask::fragment_count)
      .function("result", &CompletionTask::result);
  class_<Verifier>("Verifier")
      .constructor<>()
      .function("openTables", &Verifier::open_tables)
      .function("addShard", &Verifier::add_shard)
      .function("verify", &Verifier::verify)
      .function("verifyWindows", &Verifier::verify_windows);
}
