// The evidence: how probable each next token is, from the counts of every level of a pack and from
// the session so far.
//
// A chain of experts from weak to strong, each interpolated with everything below it (Jelinek &
// Mercer 1980): p ← (1-λ)·p + λ·p_expert(token), λ by expert and by what it has seen of the context
// (experts.h, shares.h). λ depends on the context alone, so the probabilities of all tokens sum to
// 1. The experts and their order are described in docs/algorithms.md.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "evidence/evidence_model.h"
#include "evidence/session_memory.h"
#include "index/context_state.h"

namespace cento {

// Where a reader stands: the contexts of every level that end here. Can be copied, to look ahead.
struct EvidencePosition {
  ContextState tokens;
  ContextState
      unwrapped;  // as if the latest line breaks were spaces; unused where that is the same
  ContextState classes;
  SessionMemory::Contexts session{};
  // How many of the latest tokens are the same in both forms, at most kFarFromWrap.
  uint32_t since_wrap = 0;
  bool is_line_start = false;  // right behind a line break
};

// One expert's say at a position.
struct Opinion {
  ExpertId expert = kUniform;
  uint8_t bucket = 0;     // of its share
  uint32_t length = 0;    // of the context, in symbols of its level; 0 where there is none
  uint32_t count = 0;     // times that the context stands, followed by something
  uint32_t distinct = 0;  // different symbols that followed; 0 where they were not counted
  double discount = 0;    // taken off each follower's count
  double scale = 0;       // 1 / (what the discounted counts sum to)
  double lambda = 0;      // share of this expert against all below it
  double weight = 0;      // share of the whole: λ times the (1-λ) of all above it
  RowRange range{};       // of the context in the index of its level
  SessionMemory::NodeId node = SessionMemory::kNoNode;  // of a session context
};

// What one expert says of one token.
struct Testimony {
  const Opinion* opinion;
  double count;         // of the token in the context; of its class for class experts; 0 if none
  double probability;   // that the expert gives the token
  double contribution;  // share of the mixture's probability that comes from it
};

class Evidence;

// The distribution over the next token at one position. Valid until the evidence it came from
// observes or resets, or predicts into it again.
class Prediction {
 public:
  // In (0, 1). Cost: one `extend` for each context; some microseconds.
  double probability(TokenId token) const { return evaluate(token, nullptr); }
  // What each expert says of `token`, weakest first. Replaces `out`.
  void explain(TokenId token, std::vector<Testimony>& out) const;
  std::span<const Opinion> opinions() const { return opinions_; }

  struct Candidate {
    TokenId token;
    double probability;
  };
  static constexpr uint32_t kAllFollowers = ~uint32_t{0};
  // The `k` most probable tokens, most probable first, ties by smaller id; fewer where others are
  // not more probable than `least`. Replaces `out`. Followers are enumerated best first until no
  // other token can be among them: the vocabulary is not scanned. Exact, unless no more than
  // `max_followers` (or up to four times as many) of each context are to be enumerated. Cost: some
  // hundred microseconds; many times that where one token is all but certain, the others are all
  // about as improbable, and `least` does not leave them out.
  void top(uint32_t k, std::vector<Candidate>& out, uint32_t max_followers = kAllFollowers,
           double least = 0) const;
  // The same among `allowed` tokens, which are different ones.
  void top_among(std::span<const TokenId> allowed, uint32_t k, std::vector<Candidate>& out,
                 uint32_t max_followers = kAllFollowers) const;

 private:
  friend class Evidence;
  class Search;
  // How far a class context is believed where it, and the session, choose a token of a class.
  static double class_trust(const Opinion& opinion);
  // How often `token` follows a context of the pack; after a single token it is the number of
  // different tokens before the pair (Kneser & Ney 1995).
  double count_follower(const Opinion& opinion, TokenId token) const;
  double evaluate(TokenId token, std::vector<Testimony>* testimonies) const;

  const EvidenceModel* model_ = nullptr;
  const SessionMemory* memory_ = nullptr;
  const EvidencePosition* position_ = nullptr;
  std::vector<Opinion> opinions_;
};

// A session over one pack. Lifetime: the model must outlive it. Memory: that of the session's
// counts and 50 kB. Threads: one at a time.
class Evidence {
 public:
  explicit Evidence(const EvidenceModel& model);

  // Begins a new text: forgets the session, and stands at the beginning of a document.
  void reset();
  // The probability of `token` at the session's position, to which it is then appended.
  // Cost: some 10 µs.
  double observe(TokenId token);
  // Appends without asking.
  void append(TokenId token);

  const EvidencePosition& position() const { return position_; }
  // Moves a copy of a position on, without counting `token` in the session.
  void advance(EvidencePosition& position, TokenId token) const;
  // Lifetime: `position` and this must outlive `prediction`.
  void predict(const EvidencePosition& position, Prediction& prediction);

  const EvidenceModel& model() const { return *model_; }
  const SessionMemory& memory() const { return memory_; }

 private:
  enum class Level : uint8_t { kTokens, kClasses };
  struct KnownDistinct {
    RowRange range;
    uint32_t distinct = 0;
    Level level = Level::kTokens;
  };
  // How often an expert was the source of the session's tokens, of the times that it or one below
  // it was. In float: adding and multiplying give the same bits everywhere.
  struct Tally {
    float chosen = 0;
    float asked = 0;
  };
  class Assembly;
  // Distinct followers of a context, at most kMaxDistinct for one of three symbols or more.
  uint32_t distinct(const PatternIndex& index, Level level, RowRange range, uint32_t length);

  const EvidenceModel* model_;
  SessionMemory memory_;
  EvidencePosition position_;
  void adapt(double probability);

  Prediction prediction_;  // of `observe`
  std::vector<Testimony> testimonies_;
  std::vector<std::array<Tally, kShareBuckets>> tallies_;  // by expert
  std::vector<KnownDistinct> known_;                       // direct-mapped by range
};

}  // namespace cento
