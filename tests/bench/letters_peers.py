#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The peers of the letters benchmark; prints "NAME RATE", per second of processor time.

letters_peers.py weasyprint PAGE.html     the page we write, made into a PDF
letters_peers.py jinja2 TEMPLATES LETTER  our own template of the CNIL complaint, put into jinja2's words, parsed once and
                                          filled again and again; it prints the sections that LETTER (ours, as text)
                                          prints, so that both write the same letter
"""
import re
import sys
import time
from pathlib import Path


def rate(make, least):
    make()
    start = time.process_time()
    count = 0
    while True:
        make()
        count += 1
        spent = time.process_time() - start
        if spent > least:
            return count / spent


def weasyprint(page):
    import weasyprint as peer
    text = Path(page).read_text()
    return rate(lambda: peer.HTML(string=text).write_pdf(), 3)


TAG = re.compile(r"\{\{\{?\s*([#^/>!]?)\s*([^}]*?)\s*\}?\}\}")
LISTS = {"addressee": 6, "sources": 5, "populations": 1, "figures": 2, "actions": 2}
VALUE = "valeur d'un passage"


def plain(text):
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)


def part(folder, name):
    return next(path for path in (folder / f"{name}.mustache", folder / f"part-{name}.mustache") if path.exists()).read_text()


def to_jinja(folder, text, letter, values):
    """The template, its parts included, with {% if %} and {% for %} for sections."""
    text = re.sub(r"(?m)^\s*(\{\{[#^/!>][^}]*\}\})\n", r"\1", text)
    out, at, opened = [], 0, []
    for tag in TAG.finditer(text):
        out.append(text[at:tag.start()])
        at = tag.end()
        kind, word = tag.groups()
        if word != "." and kind not in ">!":
            word = re.sub(r"\W", "_", word)  # "if_acces:sent"
        following = plain(text[at:].split("{{", 1)[0].split("⟦", 1)[0].lstrip("=-+ "))[:30]
        printed = len(following) < 8 or following in letter
        if kind == ">":
            out.append(to_jinja(folder, part(folder, word), letter, values))
        elif kind == "#" and word in LISTS:
            values[word] = [VALUE] * LISTS[word]
            out.append("{% for it in " + word + " %}")
            opened.append("endfor")
        elif kind == "#":
            values[word] = values.get(word) or (VALUE if printed else "")
            out.append("{% if " + word + " %}")
            opened.append("endif")
        elif kind == "^":
            values.setdefault(word, "" if printed else VALUE)
            out.append("{% if not " + word + " %}")
            opened.append("endif")
        elif kind == "/":
            out.append("{% " + opened.pop() + " %}")
        elif kind != "!":
            values.setdefault(word, VALUE)
            out.append("{{ it }}" if word == "." else "{{ " + word + " }}")
    out.append(text[at:])
    return "".join(out)


def jinja2(folder, letter):
    import jinja2 as peer
    values = {}
    words = to_jinja(Path(folder), part(Path(folder), "l1-cnil"), plain(Path(letter).read_text()), values)
    template = peer.Environment().from_string(words)
    print("size", len(template.render(values).encode()))
    number = iter(range(10**9))

    def make():
        values["sender_name"] = f"Camille Exemple {next(number)}"
        return template.render(values)

    return rate(make, 1)


if __name__ == "__main__":
    name, *arguments = sys.argv[1:]
    print(name, {"jinja2": jinja2, "weasyprint": weasyprint}[name](*arguments))
