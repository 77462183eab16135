// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/latin_lines.hpp"

#include <algorithm>

#include "daemon/letters/win_ansi.hpp"
#include "schemas/core/check.hpp"

namespace vigifuite::letters {
namespace {

/// What is never broken, unless it is wider than a line.
struct Word {
  std::vector<LatinRun> runs;
  double width = 0;
  bool space_before = false;
};

class Breaker {
 public:
  Breaker(const Advances& advances, double size, double width) : advances_(advances), size_(size), width_(width) {
    lines_.emplace_back();
  }

  void add(const Piece& piece) {
    const auto bytes = to_win_ansi(piece.text);
    VIGIFUITE_CHECK(bytes.has_value());  // the caller chose this engine for this text
    for (const char c : *bytes) {
      if (c == ' ') {
        end_word();
        word_.space_before = true;
        continue;
      }
      extend(piece.look, c);
      constexpr std::string_view kBreaks = "/?&=-_.";
      if (piece.look == Piece::Look::Url && kBreaks.find(c) != std::string_view::npos) end_word();
    }
    if (piece.room > 0) {
      end_word();
      word_.runs.push_back({piece.look, 0, 0, piece.room, {}});
      word_.width = piece.room;
      word_.space_before = true;
    }
  }

  std::vector<LatinLine> finish() {
    end_word();
    return std::move(lines_);
  }

 private:
  [[nodiscard]] double advance(Piece::Look look, char c) const {
    const double size = look == Piece::Look::Hint ? size_ * kHintSize : size_;
    return size * advances_[static_cast<unsigned char>(c)] / 1000;
  }

  void extend(Piece::Look look, char c) {
    const double wide = advance(look, c);
    if (word_.width + wide > width_ && !word_.runs.empty()) end_word();  // a word wider than the line
    if (word_.runs.empty() || word_.runs.back().look != look || word_.runs.back().room > 0) {
      word_.runs.push_back({look, word_.width, 0, 0, {}});
    }
    word_.runs.back().bytes += c;
    word_.runs.back().width += wide;
    word_.width += wide;
  }

  void end_word() {
    if (word_.runs.empty()) return;
    LatinLine* line = &lines_.back();
    const bool both_hints = !line->runs.empty() && line->runs.back().look == Piece::Look::Hint &&
                            word_.runs.front().look == Piece::Look::Hint;
    const double space = word_.space_before ? advance(both_hints ? Piece::Look::Hint : Piece::Look::Plain, ' ') : 0;
    constexpr double kSlack = 0.01;
    if (!line->runs.empty() && line->width + space + word_.width > width_ + kSlack) {
      line = &lines_.emplace_back();
    }
    const bool spaced = word_.space_before && !line->runs.empty();
    const double start = line->width + (spaced ? space : 0);
    for (LatinRun& run : word_.runs) {
      LatinRun* last = line->runs.empty() ? nullptr : &line->runs.back();
      const bool merges = last != nullptr && last->look == run.look && last->room == 0 && run.room == 0;
      if (merges) {
        if (spaced && &run == &word_.runs.front()) {
          last->bytes += ' ';
          last->width += space;
        }
        last->bytes += run.bytes;
        last->width += run.width;
        continue;
      }
      if (spaced && &run == &word_.runs.front() && last != nullptr && last->room == 0) last->bytes += ' ';
      run.x += start;
      line->runs.push_back(std::move(run));
    }
    line->width = start + word_.width;
    word_ = {};
  }

  const Advances& advances_;
  double size_, width_;
  Word word_;
  std::vector<LatinLine> lines_;
};

}  // namespace

std::vector<LatinLine> break_lines(const std::vector<Piece>& pieces, const Advances& advances, double size,
                                   double width) {
  Breaker breaker(advances, size, width);
  for (const Piece& piece : pieces) breaker.add(piece);
  return breaker.finish();
}

}  // namespace vigifuite::letters
