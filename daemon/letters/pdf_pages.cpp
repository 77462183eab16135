// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/pdf_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace vigifuite::letters {
namespace {

constexpr double mm(double millimetres) {
  return millimetres * 72 / 25.4;
}

// The window of a French DL envelope (110 x 220 mm) is 35 x 100 mm, 20 mm from its right and lower edges. A4 folded in
// three moves in it by 10 mm sideways and 11 mm up and down: whatever its place, the window shows the sheet from 100
// to 190 mm from the left and from 55 to 79 mm from the top. The 45 mm window shows that and 10 mm above.
constexpr double kWindowLeft = mm(110), kWindowTop = mm(55), kWindowBottom = mm(79), kWindowWidth = mm(80);
constexpr double kWindowEnd = mm(92);  ///< nothing else before: it would show when the sheet lies low

constexpr double kLeft = mm(25), kRight = mm(22), kTop = mm(20), kBottom = kPageHeight - mm(24);
constexpr double kWidth = kPageWidth - kLeft - kRight;
constexpr double kSenderWidth = mm(100) - kLeft;
constexpr double kFootY = kPageHeight - mm(13);
constexpr double kWritingLine = mm(8);  ///< between two rules one writes on
constexpr double kSignatureRoom = mm(20);
constexpr double kInlineRoom = mm(38);
constexpr std::size_t kShortHint = 44;  ///< bytes; what asks for more gets whole rules under its block

constexpr Style kBody{10.5, false, false}, kTitle{12.5, true, false}, kSection{11.5, true, false};
constexpr Style kAddress{10, false, false}, kFoot{9, false, true};
constexpr double kAddressLeading = mm(3.95);  // six lines, as many as an address has, fit the window

double leading(Style style) {
  return style.size * 1.36;
}

/// A block as it lies on the page.
struct Item {
  std::size_t text = 0;              ///< paragraph of the engine
  std::optional<std::size_t> label;  ///< paragraph that hangs before it
  double x = kLeft, label_x = kLeft;
  double leading = 0, before = 0;    ///< `before`: space above, not at the top of a page
  std::size_t lines = 0, rules = 0;  ///< rules to write on, under it
  double after = 0;                  ///< room under it: to sign
  bool keep = false;                 ///< stays with the next one
  Role role = Role::Paragraph;
};

/// Hints get room to write: beside a short one, whole rules under a block that asks for more.
std::vector<Piece> pieces_of(const Block& block, std::size_t& rules, bool signs) {
  std::vector<Piece> pieces;
  for (const Span& span : spans_of(block.text)) {
    switch (span.kind) {
      case Span::Kind::Words:
        pieces.push_back({span.text, Piece::Look::Plain, 0});
        // "le" stays with its date.
        if (span.text.ends_with(", le ")) pieces.back().text.replace(span.text.size() - 1, 1, "\u00a0");
        break;
      case Span::Kind::Value:
        // Set apart by isolates, so that what is written from right to left cannot turn its neighbours round.
        pieces.push_back(
            {has_right_to_left(span.text) ? "\u2068" + span.text + "\u2069" : span.text, Piece::Look::Plain, 0});
        break;
      case Span::Kind::Url: pieces.push_back({span.text, Piece::Look::Url, 0}); break;
      case Span::Kind::Blank: {
        const bool little = span.text.size() <= kShortHint;
        pieces.push_back({"[" + span.text + "]", Piece::Look::Hint, little && !signs ? kInlineRoom : 0});
        if (!little) rules = std::min<std::size_t>(rules + 1 + span.text.size() / 90, 3);
        break;
      }
    }
  }
  return pieces;
}

class Pages {
 public:
  explicit Pages(PdfEngine& engine) : engine_(engine) {}

  void write(const std::vector<Block>& blocks) {
    engine_.new_page();
    page_ = 1;
    const std::size_t flow = write_head(blocks);
    std::vector<Item> items;
    for (std::size_t i = flow; i < blocks.size(); ++i) items.push_back(item_of(blocks, i));
    for (std::size_t i = 0; i < items.size(); ++i) place(items, i);
    write_numbers();
  }

 private:
  /// A line drawn later, once the number of pages is known.
  struct Drawn {
    std::size_t page, text, line;
    double x, y;
    Role role;
  };
  struct DrawnRule {
    std::size_t page;
    double x, y, length;
  };

  std::size_t set(const Block& block, Style style, double width, std::size_t& rules, bool signs = false) {
    return engine_.set(pieces_of(block, rules, signs), style, width);
  }

  /// The same number of lines, of lengths as near as can be: no word is left alone.
  std::size_t set_even(const Block& block, Style style, double width) {
    std::size_t rules = 0;
    std::size_t best = set(block, style, width, rules);
    const std::size_t lines = engine_.lines(best);
    for (double narrow = width * 0.9; lines > 1 && narrow > width / 2; narrow -= width / 10) {
      const std::size_t tried = set(block, style, narrow, rules);
      if (engine_.lines(tried) != lines) break;
      best = tried;
    }
    return best;
  }

  /// Sender, addressee, place and date. Gives the index of the first block after them, and where the text begins.
  std::size_t write_head(const std::vector<Block>& blocks) {
    std::size_t i = 0;
    double sender = kTop, end = kTop;
    std::vector<std::size_t> address, place;
    for (; i < blocks.size(); ++i) {
      const Block& block = blocks[i];
      std::size_t rules = 0;
      if (block.kind == BlockKind::Sender) {
        const std::size_t text = set(block, kBody, kSenderWidth, rules);
        for (std::size_t line = 0; line < engine_.lines(text); ++line) {
          draw(text, line, kLeft, sender + kBody.size, Role::Paragraph);
          sender += leading(kBody);
        }
        end = sender;
      } else if (block.kind == BlockKind::Addressee) {
        address.push_back(set_even(block, kAddress, kWindowWidth));
      } else if (block.kind == BlockKind::Place) {
        place.push_back(set(block, kBody, kWindowWidth, rules));
      } else {
        break;
      }
    }
    std::size_t lines = 0;
    for (const std::size_t text : address) lines += engine_.lines(text);
    double y = std::max(mm(45), std::min(kWindowTop, kWindowBottom - kAddressLeading * static_cast<double>(lines)));
    y = column(address, y, kAddress, kAddressLeading);
    if (!address.empty()) end = std::max({end, y, kWindowEnd});
    if (!place.empty()) end = column(place, std::max(end, address.empty() ? kTop : kWindowEnd), kBody, leading(kBody));
    y_ = end == kTop ? kTop : end + mm(9);
    return i;
  }

  double column(const std::vector<std::size_t>& texts, double y, Style style, double step) {
    for (const std::size_t text : texts) {
      for (std::size_t line = 0; line < engine_.lines(text); ++line) {
        draw(text, line, kWindowLeft, y + style.size, Role::Paragraph);
        y += step;
      }
    }
    return y;
  }

  Item item_of(const std::vector<Block>& blocks, std::size_t i) {
    const Block& block = blocks[i];
    const Block* next = i + 1 < blocks.size() ? &blocks[i + 1] : nullptr;
    Item item;
    Style style = kBody;
    bool signs = false;
    const bool joined = i > 0 && joins(block, blocks[i - 1]);
    item.before = joined ? mm(0.9) : mm(3.2);
    switch (block.kind) {
      case BlockKind::Title:
        style = kTitle;
        item.before = mm(2);
        item.keep = true;
        item.role = Role::Title;
        break;
      case BlockKind::Section:
        style = kSection;
        item.before = mm(6.5);
        item.keep = true;
        item.role = Role::Section;
        break;
      case BlockKind::Numbered:
      case BlockKind::Attachment:
      case BlockKind::Item:
      case BlockKind::Box: {
        item.role = Role::ListItem;
        const bool narrow = block.kind == BlockKind::Item || block.kind == BlockKind::Box;
        item.x = kLeft + mm(narrow ? 5 : 7.5);
        std::string label = label_of(block);
        label.pop_back();
        if (block.kind == BlockKind::Item) label = "–";
        item.label = engine_.set({{label, Piece::Look::Plain, 0}}, style, kWidth);
        // Numbers end on one line, bullets begin on one.
        if (!narrow) item.label_x = item.x - mm(2) - engine_.line_width(*item.label, 0);
        break;
      }
      case BlockKind::Sender:
      case BlockKind::Signature:
        if (joined) item.before = 0;
        item.keep = next != nullptr && joins(*next, block);
        signs = !item.keep && block.text.find("⟦") != std::string::npos;
        if (signs) item.after = kSignatureRoom;
        break;
      case BlockKind::Addressee:
      case BlockKind::Place:
      case BlockKind::Paragraph: break;
    }
    item.leading = leading(style);
    item.text = block.kind == BlockKind::Title ? set_even(block, style, kWidth)
                                               : set(block, style, kPageWidth - kRight - item.x, item.rules, signs);
    item.lines = engine_.lines(item.text);
    if (block.kind == BlockKind::Paragraph && next != nullptr) {
      const bool introduces = block.text.ends_with(':') && next->kind != BlockKind::Paragraph;
      item.keep = introduces || next->kind == BlockKind::Signature || next->kind == BlockKind::Sender;
    }
    return item;
  }

  static double height(const Item& item) {
    return item.leading * static_cast<double>(item.lines) + kWritingLine * static_cast<double>(item.rules) + item.after;
  }

  /// The least of item `i` that may stand at the foot of a page, with what it must keep beside it.
  static double least(const std::vector<Item>& items, std::size_t i, int depth = 0) {
    const Item& item = items[i];
    if (item.keep && i + 1 < items.size() && depth < 4) {
      return height(item) + items[i + 1].before + least(items, i + 1, depth + 1);
    }
    return item.lines <= 3 ? height(item) : 2 * item.leading;
  }

  void place(const std::vector<Item>& items, std::size_t i) {
    const Item& item = items[i];
    const bool top = y_ == kTop && page_ > 1;
    if (!top) y_ += item.before;
    if (y_ + least(items, i) > kBottom && !top) turn();
    if (item.label) draw(*item.label, 0, item.label_x, y_ + kBody.size, Role::Label);
    std::size_t line = 0;
    while (line < item.lines) {
      std::size_t left = item.lines - line;
      auto room = static_cast<std::size_t>(std::max(0.0, (kBottom - y_) / item.leading));
      if (room == 0) {
        turn();
        continue;
      }
      std::size_t now = std::min(left, room);
      if (left - now == 1 && now > 2) --now;  // no line is left alone on the next page
      for (std::size_t end = line + now; line < end; ++line, y_ += item.leading) {
        draw(item.text, line, item.x, y_ + item.leading / 1.36, item.role);
      }
      if (line < item.lines) turn();
    }
    for (std::size_t rule = 0; rule < item.rules; ++rule) {
      if (y_ + kWritingLine > kBottom) turn();
      y_ += kWritingLine;
      rules_.push_back({page_, item.x, y_ - mm(1), kPageWidth - kRight - item.x});
    }
    y_ += item.after + (item.rules > 0 ? mm(1.6) : 0);
  }

  void turn() {
    ++page_;
    y_ = kTop;
  }

  void draw(std::size_t text, std::size_t line, double x, double y, Role role) {
    drawn_.push_back({page_, text, line, x, y, role});
  }

  void write_numbers() {
    std::size_t line = 0, rule = 0;
    for (std::size_t page = 1; page <= page_; ++page) {
      if (page > 1) engine_.new_page();
      for (; line < drawn_.size() && drawn_[line].page == page; ++line) {
        const Drawn& at = drawn_[line];
        engine_.show(at.text, at.line, at.x, at.y, at.role);
      }
      for (; rule < rules_.size() && rules_[rule].page == page; ++rule) {
        engine_.rule(rules_[rule].x, rules_[rule].y, rules_[rule].length);
      }
      const std::size_t number =
          engine_.set({{fmt::format("{} / {}", page, page_), Piece::Look::Plain, 0}}, kFoot, kWidth);
      engine_.show(number, 0, kPageWidth - kRight - engine_.line_width(number, 0), kFootY, Role::Artifact);
    }
  }

  PdfEngine& engine_;
  std::size_t page_ = 0;
  double y_ = kTop;
  std::vector<Drawn> drawn_;
  std::vector<DrawnRule> rules_;
};

}  // namespace

Result<std::string> write_pages(PdfEngine& engine, const Sheet& sheet, const std::vector<Block>& blocks) {
  Pages(engine).write(blocks);
  return engine.finish(sheet, to_string(sheet.made));
}

}  // namespace vigifuite::letters
