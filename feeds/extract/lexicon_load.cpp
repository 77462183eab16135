// SPDX-License-Identifier: AGPL-3.0-or-later
#include <fmt/format.h>
#include <toml++/toml.h>

#include <array>
#include <atomic>
#include <charconv>
#include <functional>
#include <optional>

#include "feeds/extract/lexicon_impl.hpp"
#include "schemas/core/check.hpp"
#include "schemas/core/embedded.hpp"

namespace vigifuite::feeds::extract {
namespace {

constexpr std::array<std::string_view, kCues> kCueWords = {
#define CUE(word, name, meaning) word,
#include "feeds/extract/cues.def"
#undef CUE
};

std::optional<Cue> cue_of(std::string_view word) {
  for (std::size_t i = 0; i < kCues; ++i) {
    if (kCueWords[i] == word) return static_cast<Cue>(i);
  }
  return std::nullopt;
}

/// Reads one file into the lexicon of a language.
class FileReader {
 public:
  template <class Add>
  FileReader(std::string_view name, const Vocabulary& vocabulary, Add add)
      : name_(name), vocabulary_(vocabulary), add_(std::move(add)) {}

  Status read(std::string_view bytes, std::string_view language) {
    try {
      const toml::table file = toml::parse(bytes);
      for (const auto& [key, node] : file) {
        if (key != "fr" && key != "en" && key != "any") return wrong(key.str(), "is not fr, en or any");
        if (key == language || key == "any") VIGIFUITE_TRY(section(node));
      }
    } catch (const toml::parse_error& error) {
      return fail(ErrorKind::Malformed,
                  fmt::format("{}:{}: {}", name_, error.source().begin.line, error.description()));
    }
    return Done{};
  }

 private:
  Error wrong(std::string_view key, std::string_view why) const {
    return fail(ErrorKind::Malformed, fmt::format("{}: `{}` {}", name_, key, why));
  }
  Status section(const toml::node& node) {
    if (!node.is_table()) return wrong("fr, en, any", "must be tables");
    for (const auto& [key, inner] : *node.as_table()) {
      if (!inner.is_table()) return wrong(key.str(), "must be a table");
      if (key == "categories")
        VIGIFUITE_TRY(categories(*inner.as_table(), false));
      else if (key == "listed")
        VIGIFUITE_TRY(categories(*inner.as_table(), true));
      else if (key == "cues")
        VIGIFUITE_TRY(cues(*inner.as_table()));
      else
        return wrong(key.str(), "is neither categories, listed nor cues");
    }
    return Done{};
  }
  Status categories(const toml::table& table, bool listed) {
    for (const auto& [key, node] : table) {
      Ending ending;
      ending.listed = listed;
      std::string_view rest = key.str();
      while (!rest.empty() && rest != "none") {
        const std::string_view slug = rest.substr(0, rest.find('+'));
        const auto category = vocabulary_.category(slug);
        if (!category) return wrong(slug, "is not a category");
        ending.categories.add(*category);
        rest.remove_prefix(std::min(rest.size(), slug.size() + 1));
      }
      VIGIFUITE_TRY(patterns(key.str(), node, ending));
    }
    return Done{};
  }
  Status cues(const toml::table& table) {
    for (const auto& [key, node] : table) {
      const auto cue = cue_of(key.str());
      if (!cue) return wrong(key.str(), "is not a cue (feeds/extract/cues.def)");
      Ending ending;
      ending.is_cue = true;
      ending.cue = *cue;
      if (is_word_class(*cue) && node.is_table()) return wrong(key.str(), "is a class of words: it takes a list");
      if (!node.is_table()) {
        VIGIFUITE_TRY(patterns(key.str(), node, ending));
        continue;
      }
      for (const auto& [value, list] : *node.as_table()) {
        const std::string_view digits = value.str();
        if (std::from_chars(digits.data(), digits.data() + digits.size(), ending.value).ec != std::errc())
          return wrong(digits, "must be a whole number");
        VIGIFUITE_TRY(patterns(key.str(), list, ending));
      }
    }
    return Done{};
  }
  Status patterns(std::string_view key, const toml::node& node, const Ending& ending) {
    if (!node.is_array()) return wrong(key, "must be a list of patterns");
    for (const toml::node& item : *node.as_array()) {
      const auto pattern = item.value_exact<std::string>();
      if (!pattern) return wrong(key, "must hold texts in quotes");
      std::vector<Sequence> sequences;
      if (const auto complaint = read_pattern(*pattern, sequences))
        return wrong(key, fmt::format("holds `{}`, which {}", *pattern, *complaint));
      for (const Sequence& sequence : sequences) {
        const bool one = sequence.size() == 1 && sequence.front() != "#" && sequence.front() != "^";
        if (ending.is_cue && is_word_class(ending.cue) && !one)
          return wrong(key, fmt::format("is a class of words, and `{}` is not one word", *pattern));
        add_(sequence, ending);
      }
    }
    return Done{};
  }

  std::string_view name_;
  const Vocabulary& vocabulary_;
  std::function<void(const Sequence&, const Ending&)> add_;
};

}  // namespace

void Lexicon::Impl::add(const Sequence& sequence, const Ending& ending) {
  if (ending.is_cue && is_word_class(ending.cue)) {
    classes[words.number_of(sequence.front())] |= std::uint64_t{1} << static_cast<unsigned>(ending.cue);
    return;
  }
  std::uint32_t node = 0;
  for (const std::string& word : sequence) {
    const std::uint32_t number = words.number_of(word);
    const auto [it, added] = edges.try_emplace(edge(node, number), static_cast<std::uint32_t>(endings.size()));
    if (added) {
      endings.emplace_back();
      nodes.emplace_back();
    }
    if (number == kAnyArticles)
      nodes[node].articles = true;
    else
      nodes[node].words |= std::uint64_t{1} << (number & 63U);
    node = it->second;
  }
  endings[node].push_back(ending);
}

void Lexicon::Impl::finish() {
  static std::atomic<std::uint64_t> loaded{0};
  serial = ++loaded;
  words.finish();
  table.assign(std::bit_ceil(2 * edges.size() + 2), {kNoEdge, 0});
  for (const auto& [key, node] : edges) {
    std::size_t slot = slot_of(key);
    while (table[slot].first != kNoEdge) slot = (slot + 1) & (table.size() - 1);
    table[slot] = {key, node};
  }
  edges.clear();
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    nodes[i].first_ending = static_cast<std::uint32_t>(all_endings.size());
    nodes[i].endings = static_cast<std::uint16_t>(endings[i].size());
    all_endings.insert(all_endings.end(), endings[i].begin(), endings[i].end());
  }
  endings.clear();
}

Lexicon::Lexicon(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon::~Lexicon() = default;

Result<Lexicon> Lexicon::load(const std::vector<std::pair<std::string_view, std::string_view>>& files,
                              Language language, const Vocabulary& vocabulary) {
  auto impl = std::make_unique<Impl>();
  for (const auto& [name, bytes] : files) {
    FileReader reader(name, vocabulary,
                      [&](const Sequence& sequence, const Ending& ending) { impl->add(sequence, ending); });
    VIGIFUITE_TRY(reader.read(bytes, code_of(language)));
  }
  impl->finish();
  return Lexicon(std::move(impl));
}

const Lexicon& Lexicon::shipped(Language language) {
  const auto load_shipped = [](Language wanted) {
    std::vector<std::pair<std::string_view, std::string_view>> files;
    for (const EmbeddedFile& file : embedded_lexicon()) files.emplace_back(file.name, file.bytes);
    auto lexicon = load(files, wanted, Vocabulary::shipped());
    if (!lexicon) fmt::print(stderr, "{}\n", lexicon.error().what);
    VIGIFUITE_CHECK(lexicon.has_value());
    return std::move(lexicon).value();
  };
  static const Lexicon french = load_shipped(Language::French);
  static const Lexicon english = load_shipped(Language::English);
  return language == Language::French ? french : english;
}

}  // namespace vigifuite::feeds::extract
