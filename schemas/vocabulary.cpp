// SPDX-License-Identifier: AGPL-3.0-or-later
#include "schemas/vocabulary.hpp"

#include <xxhash.h>

#include <bit>

#include "schemas/core/embedded.hpp"
#include "schemas/vocabulary_impl.hpp"

namespace vigifuite {

void LabelTable::reserve(std::size_t labels) {
  slots_.assign(std::bit_ceil(2 * labels + 2), {});
}

std::size_t LabelTable::slot_of(std::string_view label) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = XXH3_64bits(label.data(), label.size()) & mask;
  while (slots_[at].used && slots_[at].label != label) at = (at + 1) & mask;
  return at;
}

void LabelTable::add(std::string_view label, std::uint64_t bits) {
  Slot& slot = slots_[slot_of(label)];
  if (!slot.used) ++used_;
  VIGIFUITE_CHECK(2 * used_ <= slots_.size());  // reserve() was told how many there would be
  slot = {label, slot.bits | bits, true};
}

const std::uint64_t* LabelTable::find(std::string_view label) const noexcept {
  if (slots_.empty()) return nullptr;
  const Slot& slot = slots_[slot_of(label)];
  return slot.used ? &slot.bits : nullptr;
}

Vocabulary::Vocabulary(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Vocabulary::~Vocabulary() = default;

Result<std::unique_ptr<const Vocabulary>> Vocabulary::load(std::string_view categories_json,
                                                           std::string_view risks_json,
                                                           std::string_view organisations_json,
                                                           std::span<const RegistryFile> own) {
  auto impl = std::make_unique<Impl>();
  JsonParser parser;
  VIGIFUITE_TRY(load_categories(parser, categories_json, *impl));
  VIGIFUITE_TRY(load_risks(parser, risks_json, *impl));
  VIGIFUITE_TRY(load_organisations(parser, organisations_json, *impl));
  VIGIFUITE_TRY(load_own_organisations(parser, own, *impl));
  return std::unique_ptr<const Vocabulary>(new Vocabulary(std::move(impl)));
}

Result<std::unique_ptr<const Vocabulary>> Vocabulary::with(std::span<const RegistryFile> own) {
  const auto file = [](std::string_view name) { return find_file(embedded_vocabulary(), name).value_or(""); };
  return load(file("categories.json"), file("risks.json"), file("organisations.json"), own);
}

const Vocabulary& Vocabulary::shipped() {
  static const std::unique_ptr<const Vocabulary> vocabulary = [] {
    auto loaded = with({});
    if (!loaded) std::fprintf(stderr, "vigifuite: the shipped vocabulary: %s\n", loaded.error().what.c_str());
    VIGIFUITE_CHECK(loaded.has_value());
    return *std::move(loaded);
  }();
  return *vocabulary;
}

std::span<const CategoryInfo> Vocabulary::categories() const noexcept {
  return impl_->categories;
}

const CategoryInfo& Vocabulary::info(Category category) const noexcept {
  VIGIFUITE_CHECK(category.index < impl_->categories.size());
  return impl_->categories[category.index];
}

std::optional<Category> Vocabulary::category(std::string_view slug) const noexcept {
  const std::uint64_t* index = impl_->slugs.find(slug);
  if (index == nullptr) return std::nullopt;
  return Category{static_cast<std::uint8_t>(*index)};
}

const Vocabulary::Impl::Folded& Vocabulary::Impl::folded_labels() const {
  std::call_once(folded_once, [this] {
    for (const auto& [set, row] : label_rows) {
      std::string words = fold(row.first);
      if (!words.empty()) folded.labels[static_cast<std::size_t>(set)][std::move(words)] |= row.second;
    }
  });
  return folded;
}

std::optional<CategorySet> Vocabulary::map_label(LabelSet set, std::string_view label) const {
  const auto index = static_cast<std::size_t>(set);
  if (const std::uint64_t* bits = impl_->labels[index].find(label)) return CategorySet(*bits);
  constexpr std::size_t kMaxLabel = 1000;  // longer ones are text, not labels
  if (label.size() > kMaxLabel) return std::nullopt;
  const std::string words = vigifuite::fold(label);
  const Impl::Folded& folded = impl_->folded_labels();
  for (const std::size_t at : {index, static_cast<std::size_t>(LabelSet::Words)}) {
    if (const auto found = folded.labels[at].find(words); found != folded.labels[at].end()) {
      return CategorySet(found->second);
    }
  }
  return std::nullopt;
}

std::span<const Organisation> Vocabulary::organisations() const noexcept {
  return impl_->organisations;
}

const Organisation* Vocabulary::organisation(std::string_view id) const noexcept {
  const std::uint64_t* index = impl_->ids.find(id);
  return index == nullptr ? nullptr : &impl_->organisations[*index];
}

std::vector<const Organisation*> Vocabulary::customers_of(std::string_view processor) const {
  std::vector<const Organisation*> customers;
  for (const Organisation& body : impl_->organisations) {
    for (const ProcessorLink& link : body.processors) {
      if (link.organisation != processor) continue;
      customers.push_back(&body);
      break;
    }
  }
  return customers;
}

std::span<const RiskCombination> Vocabulary::combinations() const noexcept {
  return impl_->combinations;
}
std::span<const Action> Vocabulary::actions() const noexcept {
  return impl_->actions;
}

std::vector<const Action*> Vocabulary::first_actions(CategorySet leaked, std::size_t at_most) const {
  std::vector<const Action*> first;
  for (const Action& action : impl_->actions) {
    if (first.size() == at_most) break;
    const bool any = action.when_any.empty() || !(action.when_any & leaked).empty();
    if (any && (action.when_all - leaked).empty()) first.push_back(&action);
  }
  return first;
}

}  // namespace vigifuite
