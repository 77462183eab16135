// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// What sets text in lines and draws it on A4 pages. Two of them, under one layout (pdf_pages.hpp): pdf_latin.cpp for
// what the standard fonts hold, fast; the module pdf_any.cpp for every script. Lengths are points; y grows downwards.
// One engine makes one document, on one thread.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/letters/format.hpp"

namespace vigifuite::letters {

struct Style {
  double size = 10.5;
  bool bold = false;
  bool soft = false;  ///< grey
};

/// A stretch of text. `room` > 0: followed by a dotted rule of that length, to write on.
struct Piece {
  enum class Look : unsigned char { Plain, Hint, Url };
  std::string text;
  Look look = Look::Plain;
  double room = 0;
};

/// What a paragraph is, for those who listen to the page.
enum class Role : unsigned char { Paragraph, Title, Section, Label, ListItem, Artifact };

class PdfEngine {
 public:
  virtual ~PdfEngine() = default;

  /// Breaks text into lines of at most `width`. Gives the paragraph's number, from 0.
  virtual std::size_t set(const std::vector<Piece>& pieces, Style style, double width) = 0;
  [[nodiscard]] virtual std::size_t lines(std::size_t paragraph) const = 0;
  [[nodiscard]] virtual double line_width(std::size_t paragraph, std::size_t line) const = 0;

  virtual void new_page() = 0;
  /// Draws one line; `y` is its baseline.
  virtual void show(std::size_t paragraph, std::size_t line, double x, double y, Role role) = 0;
  /// A dotted rule to write on.
  virtual void rule(double x, double y, double length) = 0;

  /// Characters no font of the machine holds: drawn as boxes with their number.
  [[nodiscard]] virtual std::size_t missing() const { return 0; }

  /// The file. Called once, last. `made`: RFC 3339, the only date in it.
  virtual Result<std::string> finish(const Sheet& sheet, const std::string& made) = 0;
};

constexpr double kPageWidth = 595.276, kPageHeight = 841.89;
constexpr double kHintSize = 0.9;  ///< of a hint, against the text around it
constexpr double kHintGrey = 0.33;

/// Whether the standard fonts hold every character of the text.
bool is_win_ansi(std::string_view text);
std::unique_ptr<PdfEngine> latin_engine();

/// What the module of every script exports, under kAnyEngineSymbol: a new engine, which its caller deletes.
using MakeEngine = PdfEngine* (*)();
constexpr const char* kAnyEngineSymbol = "vigifuite_any_engine";
/// The engine of every script. Its module is loaded at the first call, so that programs which never need it pay
/// nothing for it. Refused when it cannot be loaded.
Result<std::unique_ptr<PdfEngine>> any_engine();

}  // namespace vigifuite::letters
