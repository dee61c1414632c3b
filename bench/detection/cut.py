"""Cuts texts that nothing was trained on into what people send: 'language, kind, text'.
usage: cut.py PASSAGES DEBIAN NPM [EXTRA] > LINES     EXTRA: a file of such lines, added as it is"""

import json
import os
import random
import re
import sys
import unicodedata

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../script/training"))
import corpus  # noqa: E402
from sources import CLASSES, SCRIPTS  # noqa: E402

OURS = [code for code in CLASSES if code not in ("bg", "nl", "pl", "ro", "ar-Latn", "fa-Latn")]
LINES_A_SOURCE = 150
VERSES = {"bn": "bn", "en": "en", "es": "es", "fr": "fr", "ru": "ru", "tr": "tr", "ur": "ur", "zh": "zh"}


def without_marks(text):
    bare = text.lower().translate(str.maketrans("ıɛɔŋđɓɗƙ", "ieondbdk"))
    return "".join(c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c))


def fragment(words, chance):
    for _ in range(8):
        at = chance.randrange(len(words))
        text, most = words[at], chance.randint(10, 40)
        for word in words[at + 1:]:
            if len(text) + 1 + len(word) > most:
                break
            text += " " + word
        if 10 <= len(text) <= 40:
            return text
    return None


def texts(passages, debian, npm):
    """(language, its texts, how many pieces of each): passages are long and few."""
    by_language = {}
    with open(passages, encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                language, text = line.rstrip("\n").split("\t")
                by_language.setdefault(language, []).append(text)
    for language, found in sorted(by_language.items()):
        yield language, found, 40
    for language in OURS:
        if language != "en":
            yield language, list(corpus.catalogues(debian, "tuxpaint-data", CLASSES[language])), 1
    yield "en", list(corpus.english_catalogues(debian, "tuxpaint-data")), 1
    for language, name in VERSES.items():
        with open(f"{npm}/quran-json/dist/quran_{name}.json", encoding="utf-8") as file:
            yield language, [verse["translation"] for chapter in json.load(file) for verse in chapter["verses"]], 1


def usable(text, language):
    if language in ("bn", "ta", "zh"):
        return len(text) > 5
    script = SCRIPTS.get(language, "Latn")
    left_in_english = language != "en" and re.search(r"\b(the|and|click)\b", text)
    return len(text) >= 12 and corpus.of_script(text, script) and not left_in_english


def main():
    passages, debian, npm = sys.argv[1:4]
    chance = random.Random(11)
    for language, found, times in texts(passages, debian, npm):
        lines = sorted({corpus.plain(part) for text in found for part in text.split("\n")})
        lines = [line for line in lines if usable(line, language)]
        chance.shuffle(lines)
        latin = language not in SCRIPTS and language not in ("bn", "ta", "zh")
        for line in lines[:LINES_A_SOURCE]:
            words = line.split()
            if times == 1 and 40 < len(line) < 250:
                print(language, "sentence", line, sep="\t")
            for _ in range(times):
                piece = fragment(words, chance)
                if piece:
                    print(language, "fragment", piece, sep="\t")
                    if latin:
                        print(language, "no accents", without_marks(piece), sep="\t")
                if len(words) > 1:
                    at = chance.randrange(len(words) - 1)
                    pair = " ".join(words[at:at + 2])
                    if sum(map(str.isalpha, pair)) > 3:
                        print(language, "two words", pair, sep="\t")
    if len(sys.argv) > 4:
        with open(sys.argv[4], encoding="utf-8") as file:
            sys.stdout.write(file.read())


if __name__ == "__main__":
    main()
