// SPDX-License-Identifier: AGPL-3.0-or-later
// Every script, through pango and cairo, with the fonts of the machine embedded as subsets. A module of its own: what
// it links would triple the start-up time and the memory of programs that mostly write Latin letters, or none.

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <list>
#include <mutex>
#include <optional>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>
#include <unordered_map>

#include "daemon/letters/pdf_engine.hpp"

namespace vigifuite::letters {
namespace {

constexpr const char* kFamilies = "Liberation Sans, Noto Sans, DejaVu Sans, Symbola";
constexpr std::string_view kRoomMark = "\uFFFC";  ///< stands for a rule to write on
constexpr double kRuleGrey = 0.33;

template <auto Free>
struct Frees {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Layout = std::unique_ptr<PangoLayout, Frees<g_object_unref>>;
using Surface = std::unique_ptr<cairo_surface_t, Frees<cairo_surface_destroy>>;
using Cairo = std::unique_ptr<cairo_t, Frees<cairo_destroy>>;
using Attributes = std::unique_ptr<PangoAttrList, Frees<pango_attr_list_unref>>;

int units(double points) {
  return static_cast<int>(points * PANGO_SCALE);
}

/// What stays between documents: fonts, and the paragraphs set last (letters of one kind share most of theirs).
/// Pango's objects are for one thread at a time: whoever holds the workshop has its mutex.
class Workshop {
 public:
  static Workshop& one() {
    static auto* workshop = new Workshop;  // never destroyed: libraries below have their own exit handlers
    return *workshop;
  }
  std::unique_lock<std::mutex> enter() { return std::unique_lock(mutex_); }

  std::shared_ptr<PangoLayout> set(const std::vector<Piece>& pieces, Style style, double width) {
    std::string key = fmt::format("{} {} {} {}", style.size, style.bold, style.soft, width);
    for (const Piece& piece : pieces) {
      key.append(fmt::format("\x01{} {}\x01", static_cast<int>(piece.look), piece.room)).append(piece.text);
    }
    if (const auto found = known_.find(key); found != known_.end()) {
      recent_.splice(recent_.begin(), recent_, found->second);
      return found->second->second;
    }
    recent_.emplace_front(key, lay_out(pieces, style, width));
    known_[std::move(key)] = recent_.begin();
    if (recent_.size() > kKept) {
      known_.erase(recent_.back().first);
      recent_.pop_back();
    }
    return recent_.front().second;
  }

 private:
  static constexpr std::size_t kKept = 400;

  Workshop() : context_(pango_font_map_create_context(pango_cairo_font_map_new())) {
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    pango_cairo_context_set_font_options(context_, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context_, 72);
    pango_context_set_language(context_, pango_language_from_string("fr"));
    pango_context_set_base_dir(context_, PANGO_DIRECTION_LTR);
  }

  [[nodiscard]] std::shared_ptr<PangoLayout> lay_out(const std::vector<Piece>& pieces, Style style,
                                                     double width) const {
    Layout layout(pango_layout_new(context_));
    PangoFontDescription* font = pango_font_description_new();
    pango_font_description_set_family_static(font, kFamilies);
    pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
    if (style.bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);
    pango_layout_set_width(layout.get(), units(width));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_auto_dir(layout.get(), FALSE);
    pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
    const Attributes attributes(pango_attr_list_new());
    std::string text;
    const auto add = [&](PangoAttribute* attribute, std::size_t from) {
      attribute->start_index = static_cast<guint>(from);
      attribute->end_index = static_cast<guint>(text.size());
      pango_attr_list_insert(attributes.get(), attribute);
    };
    for (const Piece& piece : pieces) {
      const std::size_t start = text.size();
      text += piece.text;
      if (piece.look == Piece::Look::Hint) {
        add(pango_attr_size_new_absolute(units(style.size * kHintSize)), start);
        const auto grey = static_cast<guint16>(kHintGrey * 65535);
        add(pango_attr_foreground_new(grey, grey, grey), start);
      }
      if (piece.room > 0) {
        text += ' ';
        const std::size_t mark = text.size();
        text += kRoomMark;
        const PangoRectangle box{0, units(-style.size / 2), units(piece.room), units(style.size / 2)};
        add(pango_attr_shape_new(&box, &box), mark);
      }
    }
    pango_layout_set_attributes(layout.get(), attributes.get());
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return {layout.release(), Frees<g_object_unref>{}};
  }

  std::mutex mutex_;
  PangoContext* context_;
  using Kept = std::list<std::pair<std::string, std::shared_ptr<PangoLayout>>>;
  Kept recent_;
  std::unordered_map<std::string, Kept::iterator> known_;
};

class AnyEngine final : public PdfEngine {
 public:
  AnyEngine()
      : lock_(Workshop::one().enter()),
        surface_(cairo_pdf_surface_create_for_stream(append, &bytes_, kPageWidth, kPageHeight)),
        cairo_(cairo_create(surface_.get())) {}

  std::size_t set(const std::vector<Piece>& pieces, Style style, double width) override {
    paragraphs_.push_back({style, Workshop::one().set(pieces, style, width)});
    missing_ += static_cast<std::size_t>(pango_layout_get_unknown_glyphs_count(paragraphs_.back().layout.get()));
    return paragraphs_.size() - 1;
  }
  [[nodiscard]] std::size_t lines(std::size_t paragraph) const override {
    return static_cast<std::size_t>(pango_layout_get_line_count(paragraphs_[paragraph].layout.get()));
  }
  [[nodiscard]] double line_width(std::size_t paragraph, std::size_t line) const override {
    PangoRectangle logical{};
    pango_layout_line_get_extents(line_of(paragraph, line), nullptr, &logical);
    return static_cast<double>(logical.width) / PANGO_SCALE;
  }
  [[nodiscard]] std::size_t missing() const override { return missing_; }

  void new_page() override {
    close_tag();
    if (pages_++ > 0) cairo_show_page(cairo_.get());
  }

  void show(std::size_t paragraph, std::size_t line, double x, double y, Role role) override {
    if (!open_ || *open_ != paragraph) {
      close_tag();
      tag_ = tag_of(role);
      if (tag_ != nullptr) cairo_tag_begin(cairo_.get(), tag_, nullptr);
      open_ = paragraph;
    }
    const double grey = paragraphs_[paragraph].style.soft ? kHintGrey : 0;
    cairo_set_source_rgb(cairo_.get(), grey, grey, grey);
    cairo_move_to(cairo_.get(), x, y);
    PangoLayoutLine* shown = line_of(paragraph, line);
    pango_cairo_show_layout_line(cairo_.get(), shown);
    const char* text = pango_layout_get_text(paragraphs_[paragraph].layout.get());
    const std::string_view words(text + shown->start_index, static_cast<std::size_t>(shown->length));
    for (std::size_t at = words.find(kRoomMark); at != std::string_view::npos; at = words.find(kRoomMark, at + 1)) {
      const int index = shown->start_index + static_cast<int>(at);
      int from = 0, to = 0;
      pango_layout_line_index_to_x(shown, index, FALSE, &from);
      pango_layout_line_index_to_x(shown, index, TRUE, &to);
      rule(x + static_cast<double>(std::min(from, to)) / PANGO_SCALE, y,
           static_cast<double>(std::abs(to - from)) / PANGO_SCALE);
    }
  }

  void rule(double x, double y, double length) override {
    const double dots[] = {1, 2};
    cairo_set_source_rgb(cairo_.get(), kRuleGrey, kRuleGrey, kRuleGrey);
    cairo_set_line_width(cairo_.get(), 0.7);
    cairo_set_dash(cairo_.get(), dots, 2, 0);
    cairo_move_to(cairo_.get(), x, y);
    cairo_line_to(cairo_.get(), x + length, y);
    cairo_stroke(cairo_.get());
  }

  Result<std::string> finish(const Sheet& sheet, const std::string& made) override {
    close_tag();
    const std::string title(sheet.title);
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE, made.c_str());
    const cairo_status_t drawn = cairo_status(cairo_.get());
    cairo_surface_finish(surface_.get());
    const cairo_status_t status = drawn != CAIRO_STATUS_SUCCESS ? drawn : cairo_surface_status(surface_.get());
    if (status != CAIRO_STATUS_SUCCESS) {
      return fail(ErrorKind::Refused, std::string("cairo: ") + cairo_status_to_string(status));
    }
    return with_language(sheet.language);
  }

 private:
  struct Paragraph {
    Style style;
    std::shared_ptr<PangoLayout> layout;
  };

  static cairo_status_t append(void* bytes, const unsigned char* more, unsigned int size) {
    static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(more), size);
    return CAIRO_STATUS_SUCCESS;
  }

  static const char* tag_of(Role role) {
    switch (role) {
      case Role::Title: return "H1";
      case Role::Section: return "H2";
      case Role::Label: return "Lbl";
      case Role::ListItem: return "LBody";
      case Role::Paragraph: return "P";
      case Role::Artifact: return nullptr;
    }
    return nullptr;
  }

  void close_tag() {
    if (open_ && tag_ != nullptr) cairo_tag_end(cairo_.get(), tag_);
    open_.reset();
    tag_ = nullptr;
  }

  [[nodiscard]] PangoLayoutLine* line_of(std::size_t paragraph, std::size_t line) const {
    return pango_layout_get_line_readonly(paragraphs_[paragraph].layout.get(), static_cast<int>(line));
  }

  /// Cairo 1.16 has no way to set the document's language: qpdf writes it in.
  Result<std::string> with_language(Language language) try {
    QPDF document;
    document.processMemoryFile("letter", bytes_.data(), bytes_.size());
    QPDFObjectHandle root = document.getRoot();
    root.replaceKey("/Lang", QPDFObjectHandle::newString(std::string(code_of(language))));
    root.replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<< /DisplayDocTitle true >>"));
    if (root.hasKey("/StructTreeRoot")) root.replaceKey("/MarkInfo", QPDFObjectHandle::parse("<< /Marked true >>"));
    QPDFWriter writer(document);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.setStreamDataMode(qpdf_s_preserve);
    writer.setObjectStreamMode(qpdf_o_preserve);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return std::string(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
  } catch (const std::exception& failure) {
    return fail(ErrorKind::Refused, std::string("qpdf: ") + failure.what());
  }

  std::unique_lock<std::mutex> lock_;
  std::string bytes_;
  Surface surface_;
  Cairo cairo_;
  std::vector<Paragraph> paragraphs_;
  std::optional<std::size_t> open_;
  const char* tag_ = nullptr;
  std::size_t pages_ = 0, missing_ = 0;
};

}  // namespace
}  // namespace vigifuite::letters

extern "C" [[gnu::visibility("default")]] vigifuite::letters::PdfEngine* vigifuite_any_engine() {
  return new vigifuite::letters::AnyEngine;
}
