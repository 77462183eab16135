// SPDX-License-Identifier: AGPL-3.0-or-later
// The standard fonts every reader has, through libharu: nothing to embed, nothing to shape.

#include <hpdf.h>

#include "daemon/letters/latin_lines.hpp"
#include "daemon/letters/pdf_tags.hpp"
#include "daemon/letters/win_ansi.hpp"

namespace vigifuite::letters {
namespace {

constexpr const char* kEncoding = "WinAnsiEncoding";
constexpr double kSpace = 0.278;       ///< advance of a space in both fonts, of the size
constexpr double kNarrowSpace = 0.55;  ///< of a space

constexpr HPDF_REAL real(double points) {
  return static_cast<HPDF_REAL>(points);
}

/// libharu remembers its first failure and does nothing after it: asked once, in finish().
void HPDF_STDCALL remember(HPDF_STATUS, HPDF_STATUS, void*) {}

struct Closes {
  void operator()(HPDF_Doc document) const { HPDF_Free(document); }
};
using Document = std::unique_ptr<std::remove_pointer_t<HPDF_Doc>, Closes>;

Advances read_advances(const char* name) {
  const Document document(HPDF_New(remember, nullptr));
  HPDF_Font font = HPDF_GetFont(document.get(), name, kEncoding);
  Advances out{};
  for (std::size_t byte = 0x20; byte < out.size(); ++byte) {
    const auto code = static_cast<HPDF_BYTE>(byte);
    out[byte] = static_cast<unsigned short>(HPDF_Font_TextWidth(font, &code, 1).width);
  }
  out[static_cast<unsigned char>(kNarrowByte)] = static_cast<unsigned short>(out[' '] * kNarrowSpace);
  return out;
}

class LatinEngine final : public PdfEngine {
 public:
  LatinEngine() : document_(HPDF_New(remember, nullptr)) {
    HPDF_SetCompressionMode(document_.get(), HPDF_COMP_ALL);
    regular_ = HPDF_GetFont(document_.get(), "Helvetica", kEncoding);
    bold_ = HPDF_GetFont(document_.get(), "Helvetica-Bold", kEncoding);
    HPDF_SetCurrentEncoder(document_.get(), kEncoding);
  }

  std::size_t set(const std::vector<Piece>& pieces, Style style, double width) override {
    static const Advances regular = read_advances("Helvetica"), bold = read_advances("Helvetica-Bold");
    paragraphs_.push_back({style, break_lines(pieces, style.bold ? bold : regular, style.size, width)});
    return paragraphs_.size() - 1;
  }
  [[nodiscard]] std::size_t lines(std::size_t paragraph) const override { return paragraphs_[paragraph].lines.size(); }
  [[nodiscard]] double line_width(std::size_t paragraph, std::size_t line) const override {
    return paragraphs_[paragraph].lines[line].width;
  }

  void new_page() override {
    end_page();
    page_ = HPDF_AddPage(document_.get());
    HPDF_Page_SetSize(page_, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    HPDF_Page_BeginText(page_);
    font_ = nullptr;
    grey_ = 0;
  }

  void show(std::size_t paragraph, std::size_t line, double x, double y, Role role) override {
    if (!shown_ || *shown_ != paragraph) {
      tags_.close(page_);
      tags_.open(page_, role);
      shown_ = paragraph;
    }
    const Style& style = paragraphs_[paragraph].style;
    for (const LatinRun& run : paragraphs_[paragraph].lines[line].runs) {
      if (run.room > 0) {
        rule(x + run.x, y, run.room);
        continue;
      }
      const bool hint = run.look == Piece::Look::Hint;
      use(style.bold ? bold_ : regular_, hint ? style.size * kHintSize : style.size, hint || style.soft);
      HPDF_Page_SetTextMatrix(page_, 1, 0, 0, 1, real(x + run.x), real(kPageHeight - y));
      show_bytes(run.bytes);
    }
  }

  void rule(double x, double y, double length) override { rules_.push_back({x, y, length}); }

  Result<std::string> finish(const Sheet& sheet, const std::string& made) override;

 private:
  struct Paragraph {
    Style style;
    std::vector<LatinLine> lines;
  };
  struct Rule {
    double x, y, length;
  };

  void use(HPDF_Font font, double size, bool soft) {
    if (font != font_ || size != size_) HPDF_Page_SetFontAndSize(page_, font, real(size));
    font_ = font;
    size_ = size;
    const double grey = soft ? kHintGrey : 0;
    if (grey != grey_) HPDF_Page_SetGrayFill(page_, real(grey));
    grey_ = grey;
  }

  void show_bytes(const std::string& bytes) {
    std::size_t start = 0;
    while (start < bytes.size()) {
      std::size_t end = bytes.find(kNarrowByte, start);
      if (end == start) {  // a no-break space that advances less, so that it is still a space when copied
        const double less = size_ * kSpace * (kNarrowSpace - 1);
        HPDF_Page_SetCharSpace(page_, real(less));
        HPDF_Page_ShowText(page_, "\xA0");
        HPDF_Page_SetCharSpace(page_, 0);
        ++start;
        continue;
      }
      end = std::min(end, bytes.size());
      HPDF_Page_ShowText(page_, bytes.substr(start, end - start).c_str());
      start = end;
    }
  }

  void end_page() {
    if (page_ == nullptr) return;
    tags_.close(page_);
    shown_.reset();
    HPDF_Page_EndText(page_);
    if (!rules_.empty()) {
      tags_.open(page_, Role::Artifact);
      const HPDF_UINT16 dots[] = {1, 2};
      HPDF_Page_SetLineWidth(page_, real(0.7));
      HPDF_Page_SetDash(page_, dots, 2, 0);
      HPDF_Page_SetGrayStroke(page_, real(kHintGrey));
    }
    for (const Rule& rule : rules_) {
      HPDF_Page_MoveTo(page_, real(rule.x), real(kPageHeight - rule.y));
      HPDF_Page_LineTo(page_, real(rule.x + rule.length), real(kPageHeight - rule.y));
      HPDF_Page_Stroke(page_);
    }
    tags_.close(page_);
    rules_.clear();
  }

  Document document_;
  HPDF_Font regular_ = nullptr, bold_ = nullptr;
  HPDF_Page page_ = nullptr;
  HPDF_Font font_ = nullptr;
  double size_ = 0, grey_ = 0;
  std::vector<Paragraph> paragraphs_;
  std::vector<Rule> rules_;
  PdfTags tags_;
  std::optional<std::size_t> shown_;  ///< the paragraph being drawn
};

/// Of "2026-11-24T08:00:00Z".
HPDF_Date date_from(const std::string& text) {
  const auto part = [&](std::size_t at, std::size_t size) { return std::stoi(text.substr(at, size)); };
  return {part(0, 4), part(5, 2), part(8, 2), part(11, 2), part(14, 2), part(17, 2), 'Z', 0, 0};
}

Result<std::string> LatinEngine::finish(const Sheet& sheet, const std::string& made) {
  end_page();
  HPDF_Doc document = document_.get();
  const auto title = to_win_ansi(sheet.title);
  HPDF_SetInfoAttr(document, HPDF_INFO_TITLE, title.value_or(std::string()).c_str());
  HPDF_SetInfoDateAttr(document, HPDF_INFO_CREATION_DATE, date_from(made));
  const std::string language(code_of(sheet.language));
  HPDF_Dict_Add(document->catalog, "Lang", HPDF_String_New(document->mmgr, language.c_str(), nullptr));
  HPDF_Dict preferences = HPDF_Dict_New(document->mmgr);
  HPDF_Dict_AddBoolean(preferences, "DisplayDocTitle", HPDF_TRUE);
  HPDF_Dict_Add(document->catalog, "ViewerPreferences", preferences);
  tags_.write(document);
  HPDF_SaveToStream(document);
  if (const HPDF_STATUS failure = HPDF_GetError(document); failure != HPDF_OK) {
    return fail(ErrorKind::Storage, "libharu: " + std::to_string(failure));
  }
  HPDF_UINT32 size = HPDF_GetStreamSize(document);
  std::string out(size, '\0');
  HPDF_ReadFromStream(document, reinterpret_cast<HPDF_BYTE*>(out.data()), &size);
  out.resize(size);
  return out;
}

}  // namespace

std::unique_ptr<PdfEngine> latin_engine() {
  return std::make_unique<LatinEngine>();
}

}  // namespace vigifuite::letters
