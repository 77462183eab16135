// SPDX-License-Identifier: AGPL-3.0-or-later
#include <fmt/format.h>

#include <pugixml.hpp>

#include "feeds/html_text.hpp"
#include "feeds/markup.hpp"
#include "feeds/syndication/item.hpp"
#include "schemas/core/text.hpp"
#include "schemas/messages.hpp"

namespace vigifuite::feeds::syndication {
namespace {

/// A qualified name in its two parts. Prefixes are those everybody writes: feeds hardly ever choose their own.
struct Name {
  std::string_view prefix;
  std::string_view local;
};

Name name_of(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return {{}, name};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

/// The text of an element: all its pieces, plain and CDATA.
std::string text_of(pugi::xml_node node) {
  std::string text;
  for (const pugi::xml_node piece : node.children()) {
    if (piece.type() == pugi::node_pcdata || piece.type() == pugi::node_cdata) text += piece.value();
  }
  return text;
}

/// The markup inside an element (Atom's xhtml).
std::string markup_of(pugi::xml_node node) {
  struct Writer final : pugi::xml_writer {
    std::string text;
    void write(const void* data, std::size_t size) override { text.append(static_cast<const char*>(data), size); }
  } writer;
  for (const pugi::xml_node child : node.children()) child.print(writer, "", pugi::format_raw);
  return writer.text;
}

/// One of the places where an item may say what it says.
struct Body {
  std::string text;
  bool is_html = false;
  [[nodiscard]] bool blank() const { return text.find_first_not_of(" \t\r\n") == std::string::npos; }
};

/// A text construct of Atom; RSS has no `type`.
Body body_of(pugi::xml_node node, bool html_unless_said) {
  const std::string_view type = node.attribute("type").value();
  if (type == "xhtml") return {markup_of(node), true};
  // What lies elsewhere, or is a picture in base64, is not text.
  if (node.attribute("src") || (type.find('/') != std::string_view::npos && !type.starts_with("text/"))) return {};
  return {text_of(node), type.empty() ? html_unless_said : type == "html" || type == "text/html"};
}

/// Reads the children of one item, in any dialect, into an Item.
class ItemReader {
 public:
  ItemReader(pugi::xml_node node, std::string_view base, std::string_view language) : node_(node), base_(base) {
    const std::string_view own = node.attribute("xml:lang").value();
    item_.language = own.empty() ? language : own;
  }

  Item read() && {
    const std::string_view prefix = name_of(node_).prefix;
    for (const pugi::xml_node child : node_.children()) {
      if (child.type() != pugi::node_element) continue;
      const Name name = name_of(child);
      if (name.prefix == prefix)
        own(name.local, child);
      else
        foreign(name, child);
    }
    for (Body* body : {&content_, &description_, &summary_, &media_}) {
      if (body->blank()) continue;
      item_.text = std::move(body->text);
      item_.text_is_html = body->is_html;
      break;
    }
    for (std::string* date : {&published_, &dated_, &updated_}) {
      if (item_.published.empty()) item_.published = std::move(*date);
    }
    if (item_.url.empty() && id_is_address_) item_.url = resolve_address(item_.id, {});
    if (item_.url.empty()) item_.url = resolve_address(node_.attribute("rdf:about").value(), base_);
    return std::move(item_);
  }

 private:
  void own(std::string_view name, pugi::xml_node child) {
    if (name == "title")
      title(child);
    else if (name == "link")
      link(child);
    else if (name == "guid")
      id(child, std::string_view(child.attribute("isPermaLink").value()) != "false");
    else if (name == "id")
      id(child, true);
    else if (name == "description")
      description_ = body_of(child, true);
    else if (name == "summary")
      summary_ = body_of(child, false);
    else if (name == "content")
      content_ = body_of(child, false);
    else if (name == "pubDate" || name == "published" || name == "issued")
      published_ = one_line(text_of(child));
    else if (name == "updated" || name == "modified")
      updated_ = one_line(text_of(child));
  }

  void foreign(Name name, pugi::xml_node child) {
    if (name.local == "encoded")
      content_ = {text_of(child), true};
    else if (name.prefix == "dc" && name.local == "date")
      dated_ = one_line(text_of(child));
    else if (name.prefix == "dc" && name.local == "title" && item_.title.empty())
      title(child);
    else if (name.prefix == "atom" && name.local == "link")
      link(child);
    else if (name.prefix == "media" && name.local == "description")
      media_ = {text_of(child), true};
    else if (name.prefix == "media" && name.local == "group")
      media_ = {text_of(child.child("media:description")), true};
  }

  void title(pugi::xml_node child) {
    const Body body = body_of(child, true);
    item_.title = body.is_html ? html_to_line(body.text) : one_line(body.text);
  }

  void id(pugi::xml_node child, bool is_address) {
    item_.id = one_line(text_of(child));
    id_is_address_ = is_address;
  }

  void link(pugi::xml_node child) {
    const pugi::xml_attribute href = child.attribute("href");
    std::string address = resolve_address(href ? std::string(href.value()) : text_of(child), base_);
    if (address.empty()) return;
    const std::string_view rel = child.attribute("rel").value();
    if (rel == "via" || rel == "related") {
      if (item_.links.size() < kMaxLinks) item_.links.push_back(std::move(address));
    } else if ((rel.empty() || rel == "alternate") && item_.url.empty()) {
      item_.url = std::move(address);
    }
  }

  pugi::xml_node node_;
  std::string_view base_;
  Item item_;
  Body content_, description_, summary_, media_;
  std::string published_, dated_, updated_;
  bool id_is_address_ = false;
};

/// A document type may define entities that grow without end or name files of ours: feeds need none.
Status refuse_document_type(std::string_view text) {
  const std::size_t root = text.find_first_of("<");
  for (std::size_t at = root; at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("<?")) {
      at = text.find("?>", at);
    } else if (rest.starts_with("<!--")) {
      at = text.find("-->", at + 4);
    } else if (rest.starts_with("<!")) {
      if (rest.substr(0, rest.find('>')).find('[') == std::string_view::npos) continue;
      return fail(ErrorKind::Malformed, Message::FeedDoctype);
    } else {
      return Done{};
    }
    if (at == std::string_view::npos) return Done{};
  }
  return Done{};
}

pugi::xml_node child_named(pugi::xml_node parent, std::string_view local) {
  for (const pugi::xml_node child : parent.children()) {
    if (name_of(child).local == local) return child;
  }
  return {};
}

/// A feed that was parsed, whole or as far as it goes.
class FeedReader {
 public:
  FeedReader(std::string_view text, std::string_view base, KeyGuard& guard)
      : text_(text), base_(base), lines_(text), guard_(guard) {}

  Result<ReadReport> read() && {
    const std::size_t extent = extent_within_depth(text_);
    result_ = document_.load_buffer(text_.data(), extent, pugi::parse_default, pugi::encoding_utf8);
    if (!result_) broken_at_ = extent < text_.size() ? extent : static_cast<std::size_t>(result_.offset);
    const pugi::xml_node root = document_.document_element();
    if (!root) return fail(ErrorKind::Malformed, Message::FeedNotXml, why_broken(extent));
    const std::string_view dialect = name_of(root).local;
    if (dialect == "html" || dialect == "HTML") return fail(ErrorKind::Malformed, Message::FeedHtmlForFeed);
    if (dialect != "rss" && dialect != "RDF" && dialect != "feed") {
      return fail(ErrorKind::Malformed, Message::FeedRoot, clip(root.name(), 40));
    }
    const pugi::xml_node channel = dialect == "feed" ? root : child_named(root, "channel");
    read_channel(root, channel);
    if (channel != root) tell_items(channel);
    tell_items(root);
    if (guard_.full()) return guard_.report_full({Place::kLine, lines_.line_of(text_.size())});
    if (result_) return guard_.report();
    const Text why = why_broken(extent);
    if (guard_.report().records == 0) return fail(ErrorKind::Malformed, Message::FeedBrokenFirst, why);
    return guard_.report(why);
  }

 private:
  Text why_broken(std::size_t extent) const {
    LineCounter lines(text_);
    const Text why = extent < text_.size() ? in_both(Message::FeedNestedMore, kMaxElementDepth)
                                           : Text{{}, std::string(result_.description())};
    return in_both(Message::Within, in_both(Message::FeedLine, lines.line_of(broken_at_)), why);
  }

  /// What the channel says for all its items.
  void read_channel(pugi::xml_node root, pugi::xml_node channel) {
    std::string home;
    for (const pugi::xml_node child : channel.children()) {
      const Name name = name_of(child);
      const std::string_view rel = child.attribute("rel").value();
      if (name.local == "language") language_ = one_line(text_of(child));
      if (name.local != "link" || !home.empty() || !(rel.empty() || rel == "alternate")) continue;
      const pugi::xml_attribute href = child.attribute("href");
      home = resolve_address(href ? std::string(href.value()) : text_of(child), base_);
    }
    if (language_.empty()) language_ = root.attribute("xml:lang").value();
    if (!home.empty()) base_ = home;
    rebase(base_, root);
    if (channel != root) rebase(base_, channel);
  }

  static void rebase(std::string& base, pugi::xml_node node) {
    std::string own = resolve_address(node.attribute("xml:base").value(), base);
    if (!own.empty()) base = std::move(own);
  }

  void tell_items(pugi::xml_node parent) {
    for (const pugi::xml_node node : parent.children()) {
      if (guard_.full()) return;
      const std::string_view name = name_of(node).local;
      if (name != "item" && name != "entry") continue;
      const auto offset = static_cast<std::size_t>(node.offset_debug());
      const Place place{Place::kLine, lines_.line_of(offset)};
      if (is_cut(node, offset)) {
        guard_.reject(place.text(), Message::RejectItemCut);
        continue;
      }
      std::string base = base_;
      rebase(base, node);
      tell(ItemReader(node, base, language_).read(), place, guard_);
    }
  }

  /// Whether the parser stopped inside this item: then what it has of it may be half a title.
  bool is_cut(pugi::xml_node node, std::size_t offset) const {
    if (result_ || node.next_sibling()) return false;
    const std::string_view rest = text_.substr(offset, broken_at_ > offset ? broken_at_ - offset : 0);
    return rest.find(fmt::format("</{}", node.name())) == std::string_view::npos &&
           !(node.first_child().empty() && rest.find("/>") != std::string_view::npos);
  }

  std::string_view text_;
  std::string base_;
  std::string language_;
  LineCounter lines_;
  KeyGuard& guard_;
  pugi::xml_document document_;
  pugi::xml_parse_result result_;
  std::size_t broken_at_ = 0;
};

}  // namespace

Result<ReadReport> read_xml_feed(std::string_view text, std::string_view base, KeyGuard& guard) {
  VIGIFUITE_TRY(refuse_too_much_markup(text));
  VIGIFUITE_TRY(refuse_document_type(text));
  return FeedReader(text, base, guard).read();
}

}  // namespace vigifuite::feeds::syndication
