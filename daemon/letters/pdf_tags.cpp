// SPDX-License-Identifier: AGPL-3.0-or-later
#include "daemon/letters/pdf_tags.hpp"

#include <fmt/format.h>
#include <hpdf_pages.h>

namespace vigifuite::letters {
namespace {

const char* name_of(Role role) {
  switch (role) {
    case Role::Title: return "H1";
    case Role::Section: return "H2";
    case Role::Label: return "Lbl";
    case Role::ListItem: return "LBody";
    case Role::Paragraph: return "P";
    case Role::Artifact: return "Artifact";
  }
  return "P";
}

void draw(HPDF_Page page, const std::string& operation) {
  HPDF_Stream_WriteStr(static_cast<HPDF_PageAttr>(page->attr)->stream, operation.c_str());
}

/// One element under another; `children` is its list of children.
class Element {
 public:
  Element(HPDF_Doc document, const char* type, HPDF_Dict parent, HPDF_Array siblings)
      : dict_(HPDF_Dict_New(document->mmgr)), children_(HPDF_Array_New(document->mmgr)) {
    HPDF_Xref_Add(document->xref, dict_);
    HPDF_Dict_AddName(dict_, "S", type);
    HPDF_Dict_Add(dict_, "P", parent);
    HPDF_Dict_Add(dict_, "K", children_);
    HPDF_Array_Add(siblings, dict_);
  }
  [[nodiscard]] HPDF_Dict dict() const { return dict_; }
  [[nodiscard]] HPDF_Array children() const { return children_; }

 private:
  HPDF_Dict dict_;
  HPDF_Array children_;
};

}  // namespace

void PdfTags::open(HPDF_Page page, Role role) {
  open_ = true;
  if (role == Role::Artifact) return draw(page, "/Artifact BMC\012");
  if (pages_.empty() || pages_.back() != page) {
    pages_.push_back(page);
    next_ = 0;
  }
  draw(page, fmt::format("/{} <</MCID {}>> BDC\012", name_of(role), next_));
  stretches_.push_back({role, page, next_++});
}

void PdfTags::close(HPDF_Page page) {
  if (open_) draw(page, "EMC\012");
  open_ = false;
}

void PdfTags::write(HPDF_Doc document) const {
  HPDF_Dict root = HPDF_Dict_New(document->mmgr);
  HPDF_Xref_Add(document->xref, root);
  HPDF_Dict_AddName(root, "Type", "StructTreeRoot");
  HPDF_Array top = HPDF_Array_New(document->mmgr);
  HPDF_Dict_Add(root, "K", top);
  const Element whole(document, "Document", root, top);
  HPDF_Array numbers = HPDF_Array_New(document->mmgr);  // which element each stretch of each page belongs to
  HPDF_Array of_page = nullptr;
  HPDF_INT32 page_number = 0;
  std::optional<Element> list, item;
  HPDF_Page page = nullptr;
  for (const Stretch& stretch : stretches_) {
    if (stretch.page != page) {
      page = stretch.page;
      HPDF_Dict_AddNumber(page, "StructParents", page_number);
      HPDF_Array_AddNumber(numbers, page_number++);
      of_page = HPDF_Array_New(document->mmgr);
      HPDF_Array_Add(numbers, of_page);
    }
    const bool listed = stretch.role == Role::Label || stretch.role == Role::ListItem;
    if (!listed) list = item = std::nullopt;
    if (listed && !list) list.emplace(document, "L", whole.dict(), whole.children());
    if (listed && (stretch.role == Role::Label || !item)) item.emplace(document, "LI", list->dict(), list->children());
    const Element& parent = listed ? *item : whole;
    const Element element(document, name_of(stretch.role), parent.dict(), parent.children());
    HPDF_Dict_Add(element.dict(), "Pg", page);
    HPDF_Array_AddNumber(element.children(), stretch.number);
    HPDF_Array_Add(of_page, element.dict());
  }
  HPDF_Dict parents = HPDF_Dict_New(document->mmgr);
  HPDF_Dict_Add(parents, "Nums", numbers);
  HPDF_Dict_Add(root, "ParentTree", parents);
  HPDF_Dict marks = HPDF_Dict_New(document->mmgr);
  HPDF_Dict_AddBoolean(marks, "Marked", HPDF_TRUE);
  HPDF_Dict_Add(document->catalog, "MarkInfo", marks);
  HPDF_Dict_Add(document->catalog, "StructTreeRoot", root);
}

}  // namespace vigifuite::letters
