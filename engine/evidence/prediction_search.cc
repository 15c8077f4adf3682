// The most probable tokens of a prediction, found without asking every token: a threshold algorithm
// (Fagin, Lotem & Naor 2003) over the lists of followers that the index gives best first.
#include "base/sort.h"
#include "evidence/evidence.h"

namespace cento {
namespace {

constexpr uint32_t kFirstFollowers = 16;   // asked of each context in the first round
constexpr uint32_t kMostFollowers = 4096;  // worth asking for, to spare exact probabilities
constexpr double kRoundingSlack = 1e-12;   // sums in another order differ by less

bool is_sparse(ExpertId expert) { return expert >= kUnwrapped; }
bool is_class_context(ExpertId expert) { return expert >= kClassContext && expert < kClassSession; }

// A token and what is known of its probability: the exact part of all dense experts, and of those
// sparse ones in whose lists it was met.
struct Entry {
  TokenId token;
  bool is_exact = false;
  double known = 0;  // the exact probability once is_exact
};

}  // namespace

class Prediction::Search {
 public:
  Search(const Prediction& prediction, uint32_t k, uint32_t max_followers, double least)
      : prediction_(prediction),
        model_(*prediction.model_),
        memory_(*prediction.memory_),
        k_(k),
        max_followers_(max_followers),
        least_(least),
        entry_of_(model_.vocabulary_size(), kNoEntry) {
    for (const Opinion& opinion : prediction.opinions()) {
      if (is_sparse(opinion.expert)) lists_.push_back({&opinion});
    }
    sum_classes();
  }

  // Among all tokens.
  void run(std::vector<Candidate>& out) {
    for (const SessionMemory::Word& word : memory_.words()) add(word.token);
    is_open_ = true;
    search(out);
  }
  void run_among(std::span<const TokenId> allowed, std::vector<Candidate>& out) {
    for (const TokenId token : allowed) add(token);
    search(out);
  }

 private:
  static constexpr uint32_t kNoEntry = ~uint32_t{0};

  // The followers of one context, as far as they were asked for.
  struct List {
    const Opinion* opinion;
    uint32_t listed = 0;
    bool is_complete = false;
    double bound = 0;  // of what the expert gives to any token that was not listed
  };

  // What class contexts give to the tokens of each class together.
  void sum_classes() {
    if (!model_.has_classes()) return;
    const uint32_t class_count = model_.classes().alphabet();
    context_mass_.assign(class_count, 0);
    session_mass_.resize(class_count);
    for (uint32_t c = 0; c < class_count; ++c) {
      session_mass_[c] = double(model_.class_count(c)) / model_.class_total();
    }
    double session_weight = 0;
    for (const Opinion& opinion : prediction_.opinions()) {
      if (opinion.expert == kClassSession) session_weight = opinion.weight;
      if (!is_class_context(opinion.expert)) continue;
      const double trust = class_trust(opinion);
      for (double& mass : session_mass_) mass -= trust * mass;
      model_.classes().followers(opinion.range, class_count, followers_);
      for (const Follower& follower : followers_) {
        const double p = (follower.count - opinion.discount) * opinion.scale;
        context_mass_[follower.symbol] += opinion.weight * p;
        session_mass_[follower.symbol] += trust * p;
      }
    }
    for (double& mass : session_mass_) mass *= session_weight;
  }

  // What all experts but the sparse ones give to a token.
  double dense(TokenId token) const {
    const SessionMemory::Word* word = memory_.word(token);
    double sum = 0;
    for (const Opinion& opinion : prediction_.opinions()) {
      double p = 0;
      if (opinion.expert == kUniform) {
        p = opinion.scale;
      } else if (opinion.expert == kUnigram) {
        p = model_.continuation_count(token) * opinion.scale;
      } else if (word != nullptr && opinion.expert == kSessionUnigram) {
        p = word->count * opinion.scale;
      } else if (word != nullptr && opinion.expert == kSlowDecay) {
        p = word->slow * opinion.scale;
      } else if (word != nullptr && opinion.expert == kFastDecay) {
        p = word->fast * opinion.scale;
      }
      sum += opinion.weight * p;
    }
    if (!model_.has_classes()) return sum;
    const uint8_t c = model_.class_of()[token];
    const double share = model_.share_of_class(token);
    const double total = memory_.slow_class_total(c);
    return sum + context_mass_[c] * share +
           session_mass_[c] * (total == 0        ? share
                               : word == nullptr ? 0
                                                 : word->slow / total);
  }

  uint32_t add(TokenId token) {
    if (entry_of_[token] == kNoEntry) {
      entry_of_[token] = static_cast<uint32_t>(entries_.size());
      entries_.push_back({.token = token, .known = dense(token)});
    }
    return entry_of_[token];
  }

  // The probability that the k-th best token has at least; of none all tokens are beyond it.
  double threshold() const {
    if (k_ == 0) return 1;
    return best_.size() < k_ ? least_ : best_.back().probability;
  }

  void search(std::vector<Candidate>& out) {
    for (uint32_t limit = kFirstFollowers;; limit *= 4) {
      unlisted_ = 0;
      bool is_complete = true;
      for (List& list : lists_) {
        extend(list, limit);
        unlisted_ += list.bound;
        is_complete = is_complete && list.is_complete;
      }
      settle_entries(k_);
      // Where tokens that no list has named might still be among the best in numbers, longer lists
      // are the cheaper way to tell.
      if (is_complete || unlisted_ < threshold() / 4) break;
      if (limit >= max_followers_) {  // what was not listed is not looked for
        unlisted_ = 0;
        break;
      }
      if (limit >= kMostFollowers) break;
    }
    if (is_open_) add_by_class();
    settle_entries(entries_.size());
    out = std::move(best_);
  }

  // Lists the `limit` most frequent followers of a context, and credits those that are new.
  void extend(List& list, uint32_t limit) {
    if (list.is_complete) return;
    const Opinion& opinion = *list.opinion;
    if (opinion.expert >= kSessionContext) {
      followers_.clear();
      for (SessionMemory::NodeId id = memory_.node(opinion.node).first_child;
           id != SessionMemory::kNoNode; id = memory_.node(id).next_sibling) {
        followers_.push_back({memory_.node(id).token, memory_.node(id).count});
      }
      list.is_complete = true;
    } else {
      model_.tokens().followers(opinion.range, limit, followers_);
      list.is_complete = followers_.size() < limit;
    }
    for (size_t i = list.listed; i < followers_.size(); ++i) {
      const double count = opinion.expert == kTokenContext
                               ? prediction_.count_follower(opinion, followers_[i].symbol)
                               : followers_[i].count;
      credit(surface(followers_[i].symbol, opinion),
             opinion.weight * (count - opinion.discount) * opinion.scale);
    }
    list.listed = static_cast<uint32_t>(followers_.size());
    list.bound = 0;
    if (!list.is_complete) {  // no continuation count is above the plain one
      list.bound = opinion.weight * (followers_.back().count - opinion.discount) * opinion.scale;
      // Two tokens may look the same at the start of a line.
      if (opinion.expert < kTokenContext) list.bound *= 2;
    }
  }

  // The token as it stands here: at the start of a line without its space.
  TokenId surface(TokenId token, const Opinion& opinion) const {
    if (opinion.expert >= kTokenContext || !prediction_.position_->is_line_start) return token;
    return model_.unspaced(token);
  }

  void credit(TokenId token, double probability) {
    if (!is_open_ && entry_of_[token] == kNoEntry) return;
    Entry& entry = entries_[add(token)];
    if (!entry.is_exact) entry.known += probability;
  }

  // Finds the exact probability of entries that might be among the best, best first, of `limit` at
  // most.
  void settle_entries(size_t limit) {
    order_.clear();
    for (uint32_t i = 0; i < entries_.size(); ++i) {
      if (!entries_[i].is_exact && entries_[i].known + unlisted_ + kRoundingSlack > threshold()) {
        order_.push_back(i);
      }
    }
    const auto is_before = [this](uint32_t a, uint32_t b) {
      if (entries_[a].known != entries_[b].known) return entries_[a].known > entries_[b].known;
      return entries_[a].token < entries_[b].token;
    };
    if (order_.size() <= limit) {
      stable_sort(std::span(order_), is_before);
    } else {
      // Behind a long text there are thousands: only the best are put in order.
      size_t kept = 0;
      for (const uint32_t i : order_) {
        if (kept < limit) {
          ++kept;
        } else if (kept == 0 || !is_before(i, order_[kept - 1])) {
          continue;
        }
        size_t at = kept - 1;
        for (; at > 0 && is_before(i, order_[at - 1]); --at) order_[at] = order_[at - 1];
        order_[at] = i;
      }
      order_.resize(kept);
    }
    for (const uint32_t i : order_) {
      if (entries_[i].known + unlisted_ + kRoundingSlack <= threshold()) break;
      settle(entries_[i]);
    }
  }

  void settle(Entry& entry) {
    entry.is_exact = true;
    entry.known = prediction_.probability(entry.token);
    if (entry.known <= least_) return;
    const Candidate candidate{entry.token, entry.known};
    size_t at = best_.size();
    while (at > 0 && is_better(candidate, best_[at - 1])) --at;
    if (at >= k_) return;
    best_.insert(best_.begin() + static_cast<std::ptrdiff_t>(at), candidate);
    if (best_.size() > k_) best_.pop_back();
  }

  static bool is_better(const Candidate& a, const Candidate& b) {
    return a.probability != b.probability ? a.probability > b.probability : a.token < b.token;
  }

  // Adds tokens that no list has named, by class and frequency, while they might be among the best.
  void add_by_class() {
    double unigram = 0;
    double uniform = 0;
    for (const Opinion& opinion : prediction_.opinions()) {
      if (opinion.expert == kUnigram) unigram = opinion.weight * opinion.scale;
      if (opinion.expert == kUniform) uniform = opinion.weight * opinion.scale;
    }
    for (uint32_t c = 0; c < model_.class_groups(); ++c) {
      const double mass = context_mass_.empty() ? 0 : context_mass_[c] + session_mass_[c];
      for (const TokenId token : model_.members(c)) {
        // Members fall in frequency, and a token has no more continuations than occurrences.
        const double count = model_.token_count(token);
        const double bound = mass * model_.share_of_class(token) + count * unigram + uniform;
        if (bound + unlisted_ + kRoundingSlack <= threshold()) break;
        if (entry_of_[token] != kNoEntry) continue;
        const Entry& entry = entries_[add(token)];
        if (entry.known + unlisted_ + kRoundingSlack > threshold())
          settle(entries_[entry_of_[token]]);
      }
    }
  }

  const Prediction& prediction_;
  const EvidenceModel& model_;
  const SessionMemory& memory_;
  uint32_t k_;
  uint32_t max_followers_;
  double least_;
  bool is_open_ = false;  // tokens that are met become entries
  std::vector<List> lists_;
  std::vector<double> context_mass_;  // by class, weighted
  std::vector<double> session_mass_;
  std::vector<uint32_t> entry_of_;  // by token
  std::vector<Entry> entries_;
  std::vector<Candidate> best_;
  std::vector<uint32_t> order_;
  std::vector<Follower> followers_;
  double unlisted_ = 0;  // sum of the lists' bounds
};

void Prediction::top(uint32_t k, std::vector<Candidate>& out, uint32_t max_followers,
                     double least) const {
  Search(*this, k, max_followers, least).run(out);
}

void Prediction::top_among(std::span<const TokenId> allowed, uint32_t k,
                           std::vector<Candidate>& out, uint32_t max_followers) const {
  Search(*this, k, max_followers, 0).run_among(allowed, out);
}

}  // namespace cento
