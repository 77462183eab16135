// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

// Paragraphs in the standard fonts, broken into lines. Text is in WinAnsi bytes. Lengths are points.

#include <array>
#include <string>
#include <vector>

#include "daemon/letters/pdf_engine.hpp"

namespace vigifuite::letters {

/// Advance of each byte, in thousandths of the size.
using Advances = std::array<unsigned short, 256>;

struct LatinRun {
  Piece::Look look = Piece::Look::Plain;
  double x = 0;      ///< from the start of the line
  double width = 0;  ///< of the text
  double room = 0;   ///< a rule to write on, instead of text
  std::string bytes;
};

struct LatinLine {
  std::vector<LatinRun> runs;
  double width = 0;
};

/// Breaks at spaces, inside addresses after their signs, and anywhere in a word wider than the line.
std::vector<LatinLine> break_lines(const std::vector<Piece>& pieces, const Advances& advances, double size,
                                   double width);

}  // namespace vigifuite::letters
