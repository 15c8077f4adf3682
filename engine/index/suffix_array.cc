#include "index/suffix_array.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "index/blocks.h"

namespace cento {
namespace {

// A suffix is S-type if it is smaller than the suffix behind it, else L-type; LMS is an S-type
// suffix with an L-type one before it. Sorting the LMS suffixes *induces* the order of all others:
// scanning upwards, each suffix puts an L-type predecessor at the front of its bucket (the run of
// suffixes with the same first symbol); scanning downwards, an S-type predecessor at the back.
//
// Entries of the output carry one bit beside the position: while inducing, x > 0 says that suffix
// x - 1 is still to be put by this scan, ~x (negative) that it is not. It is found when x is
// written, from the two symbols that are in the cache then, and saves a table of types.
//
// `Text` is an iterator: the stream is read from its end, without a reversed copy of it.
template <typename Text>
class Sorter {
 public:
  Sorter(Text text, int32_t alphabet, std::span<int32_t> suffixes)
      : text_(text),
        size_(static_cast<int32_t>(suffixes.size())),
        suffixes_(suffixes.data()),
        starts_(static_cast<size_t>(alphabet) + 1) {
    for (int32_t i = 0; i < size_; ++i) ++starts_[static_cast<size_t>(text_[i]) + 1];
    for (size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    heads_.reserve(starts_.size());
  }

  // `go_on(share)` is called with the share that is done, in eighths, and says whether to go on.
  template <typename GoOn>
  bool sort(const GoOn& go_on) {
    if (size_ < 2) {
      std::fill_n(suffixes_, size_, 0);
      return true;
    }
    const int32_t count = sort_lms_substrings();
    if (!go_on(3)) return false;
    if (count > 1) {
      const int32_t names = name_lms_substrings(count);
      sort_lms_suffixes(count, names);
    }
    if (!go_on(5)) return false;
    place_lms_suffixes(count);
    induce_l_type();
    if (!go_on(7)) return false;
    induce_s_type();
    return go_on(8);
  }

 private:
  // Calls visit(x) for every LMS position x, from the last to the first.
  template <typename Visit>
  void for_each_lms(const Visit& visit) const {
    bool is_s_type = false;  // the last suffix is L-type
    in_blocks(size_ - 1, [&](int32_t begin, int32_t end) {
      bool next_is_s = is_s_type;
      for (int32_t i = size_ - 2 - begin; i > size_ - 2 - end; --i) {
        const bool is_s = text_[i] < text_[i + 1] || (text_[i] == text_[i + 1] && next_is_s);
        if (next_is_s && !is_s) visit(i + 1);
        next_is_s = is_s;
      }
      is_s_type = next_is_s;
    });
  }
  // Calls visit(i) for every index of the output, upwards or downwards.
  template <typename Visit>
  void scan_up(const Visit& visit) const {
    in_blocks(size_, [&](int32_t begin, int32_t end) {
      for (int32_t i = begin; i < end; ++i) visit(i);
    });
  }
  template <typename Visit>
  void scan_down(const Visit& visit) const {
    in_blocks(size_, [&](int32_t begin, int32_t end) {
      for (int32_t i = size_ - 1 - begin; i > size_ - 1 - end; --i) visit(i);
    });
  }

  void point_at_bucket_starts() { heads_.assign(starts_.begin(), starts_.end() - 1); }
  void point_at_bucket_ends() { heads_.assign(starts_.begin() + 1, starts_.end()); }

  // Puts the L-type suffix x at the front of its bucket.
  void put_l_type(int32_t x) {
    const auto symbol = text_[x];
    const bool before_is_l = x > 0 && text_[x - 1] >= symbol;
    suffixes_[heads_[static_cast<size_t>(symbol)]++] = before_is_l || x == 0 ? x : ~x;
  }
  // Puts the S-type suffix x at the back of its bucket.
  void put_s_type(int32_t x) {
    const auto symbol = text_[x];
    const bool before_is_s = x > 0 && text_[x - 1] <= symbol;
    suffixes_[--heads_[static_cast<size_t>(symbol)]] = before_is_s ? x : ~x;
  }

  // Leaves the LMS positions at the front, ordered by their LMS substrings (each reaches up to and
  // with the next LMS position). Gives their number.
  int32_t sort_lms_substrings() {
    std::fill_n(suffixes_, size_, 0);
    point_at_bucket_ends();
    for_each_lms([&](int32_t x) { suffixes_[--heads_[static_cast<size_t>(text_[x])]] = x; });

    point_at_bucket_starts();
    put_l_type(size_ - 1);
    scan_up([&](int32_t i) {
      const int32_t x = suffixes_[i];
      if (x > 0) {
        suffixes_[i] = 0;
        put_l_type(x - 1);
      } else if (x < 0) {
        suffixes_[i] = ~x;  // for the next scan
      }
    });
    point_at_bucket_ends();
    scan_down([&](int32_t i) {
      const int32_t x = suffixes_[i];
      if (x > 0) {
        suffixes_[i] = 0;
        put_s_type(x - 1);
      }
    });
    // What put_s_type left negative is LMS, or the first suffix.
    int32_t count = 0;
    scan_up([&](int32_t i) {
      const int32_t x = suffixes_[i];
      if (x < ~0) suffixes_[count++] = ~x;
    });
    return count;
  }

  // Names the sorted LMS substrings in order, equal ones alike; leaves the name of position x at
  // count + x / 2 (LMS positions are never neighbours), -1 elsewhere. Gives the number of names.
  int32_t name_lms_substrings(int32_t count) {
    int32_t* const by_position = suffixes_ + count;
    std::fill(by_position, suffixes_ + size_, -1);
    int32_t next = size_;
    for_each_lms([&](int32_t x) {
      // The last one ends with the text and equals no other: length 0.
      by_position[x / 2] = next == size_ ? 0 : next - x + 1;
      next = x;
    });
    int32_t name = -1;
    int32_t previous = 0;
    int32_t previous_length = -1;
    for (int32_t i = 0; i < count; ++i) {
      const int32_t x = suffixes_[i];
      const int32_t length = by_position[x / 2];
      const bool is_same =
          length == previous_length && std::equal(text_ + x, text_ + x + length, text_ + previous);
      if (!is_same) ++name;
      by_position[x / 2] = name;
      previous = x;
      previous_length = length;
    }
    return name + 1;
  }

  // Orders the LMS positions at the front by their suffixes, given the names of their substrings.
  void sort_lms_suffixes(int32_t count, int32_t names) {
    if (names == count) return;
    int32_t* const reduced = suffixes_ + size_ - count;
    int32_t to = count;
    for (int32_t i = size_ - 1; i >= count; --i) {
      if (suffixes_[i] >= 0) reduced[--to] = suffixes_[i];
    }
    const auto length = static_cast<size_t>(count);
    Sorter<const int32_t*>(reduced, names, {suffixes_, length}).sort([](int) { return true; });
    to = count;
    for_each_lms([&](int32_t x) { reduced[--to] = x; });
    for (int32_t i = 0; i < count; ++i) suffixes_[i] = reduced[suffixes_[i]];
  }

  // Moves the sorted LMS suffixes from the front to the backs of their buckets.
  void place_lms_suffixes(int32_t count) {
    std::fill(suffixes_ + count, suffixes_ + size_, 0);
    point_at_bucket_ends();
    for (int32_t i = count - 1; i >= 0; --i) {
      const int32_t x = suffixes_[i];
      suffixes_[i] = 0;
      suffixes_[--heads_[static_cast<size_t>(text_[x])]] = x;
    }
  }

  // Both scans flip the sign of what they leave alone and of what they have used, so that in the
  // end every entry is a position again.
  void induce_l_type() {
    point_at_bucket_starts();
    put_l_type(size_ - 1);
    scan_up([&](int32_t i) {
      const int32_t x = suffixes_[i];
      suffixes_[i] = ~x;
      if (x > 0) put_l_type(x - 1);
    });
  }
  void induce_s_type() {
    point_at_bucket_ends();
    scan_down([&](int32_t i) {
      const int32_t x = suffixes_[i];
      if (x > 0) {
        put_s_type(x - 1);
      } else {
        suffixes_[i] = ~x;
      }
    });
  }

  Text text_;
  int32_t size_;
  int32_t* suffixes_;
  std::vector<int32_t> starts_;  // of the bucket of each symbol, and the size
  std::vector<int32_t> heads_;   // where the next suffix of each bucket goes
};

}  // namespace

bool sort_reversed(std::span<const uint16_t> stream, uint32_t alphabet, std::span<int32_t> suffixes,
                   const Progress& progress) {
  const auto go_on = [&](uint64_t eighths) {
    return report(progress, "sorting suffixes", stream.size() * eighths / 8, stream.size());
  };
  if (!go_on(0)) return false;
  const std::reverse_iterator<const uint16_t*> end(stream.data() + stream.size());
  return Sorter(end, static_cast<int32_t>(alphabet), suffixes).sort(go_on);
}

}  // namespace cento
