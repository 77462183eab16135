// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feeds/source_labels.hpp"

#include <algorithm>

#include "feeds/excerpt.hpp"

namespace vigifuite::feeds {
namespace {

constexpr std::size_t kLabelBytes = 128;
constexpr std::size_t kMaxLabelBytes = 1000;  ///< a longer one is a text
constexpr std::size_t kMaxUnmapped = 64;

class LabelReader {
 public:
  LabelReader(const Source& source, const Vocabulary& vocabulary, bool french, Sighting& out)
      : source_(source), vocabulary_(vocabulary), french_(french), out_(out) {}

  void read(std::string_view written, CategorySet& set) {
    const std::string_view label = clip(written, kMaxLabelBytes);
    if (const auto mapped = vocabulary_.map_label(source_.labels, label))
      set = set | in_france(*mapped, label);
    else
      read_compound(label, set);
  }

 private:
  void add_unmapped(std::string_view label) {
    if (out_.unmapped_labels.size() >= kMaxUnmapped) return;
    std::string kept = plain_title(label, kLabelBytes);
    if (kept.empty() ||
        std::find(out_.unmapped_labels.begin(), out_.unmapped_labels.end(), kept) != out_.unmapped_labels.end())
      return;
    out_.unmapped_labels.push_back(std::move(kept));
  }

  /// An American number, unless the body is French: then the number is the NIR, with its own regime.
  [[nodiscard]] CategorySet in_france(CategorySet set, std::string_view label) const {
    if (label.size() != 23 || !french_) return set;
    if (fold(label) != "social security numbers") return set;
    const auto nir = vocabulary_.category("nir");
    const auto document = vocabulary_.category("identity_document");
    if (!nir || !document) return set;
    set.remove(*document);
    set.add(*nir);
    return set;
  }

  /// "Coordonnées (email, téléphone)": the words inside are labels too; those that are not known are kept.
  void read_compound(std::string_view label, CategorySet& set) {
    constexpr std::string_view kBetween = ",;/:()[]\n";
    bool any = false;
    std::vector<std::string_view> unknown;
    for (std::size_t at = 0; at <= label.size();) {
      const std::size_t end = std::min(label.find_first_of(kBetween, at), label.size());
      read_part(label.substr(at, end - at), set, any, unknown);
      at = end + 1;
    }
    if (!any) return add_unmapped(label);
    for (const std::string_view part : unknown) add_unmapped(part);
  }

  void read_part(std::string_view part, CategorySet& set, bool& any, std::vector<std::string_view>& unknown) const {
    for (const std::string_view joint : {" et ", " and ", " & ", " ou "}) {
      const auto at = part.find(joint);
      if (at == std::string_view::npos) continue;
      if (vocabulary_.map_label(source_.labels, part)) break;
      read_part(part.substr(0, at), set, any, unknown);
      return read_part(part.substr(at + joint.size()), set, any, unknown);
    }
    if (part.find_first_not_of(" \t\r.") == std::string_view::npos) return;
    if (const auto mapped = vocabulary_.map_label(source_.labels, part)) {
      set = set | *mapped;
      any = true;
    } else if (unknown.size() < kMaxUnmapped) {
      unknown.push_back(part);
    }
  }

  const Source& source_;
  const Vocabulary& vocabulary_;
  bool french_;
  Sighting& out_;
};

}  // namespace

void read_labels(std::span<const std::string_view> labels, const Source& source, const Vocabulary& vocabulary,
                 bool french, Sighting& out, CategorySet& set) {
  LabelReader reader(source, vocabulary, french, out);
  for (const std::string_view label : labels) reader.read(label, set);
}

}  // namespace vigifuite::feeds
