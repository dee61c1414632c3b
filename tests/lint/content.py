#!/usr/bin/env python3
"""Every key that a shipped dialog says exists in every language that we ship, every file says whether a native speaker read it, and
what a sentence explains STOP with ("STOP = no more messages") stops when somebody types that instead."""
import json
import re
import unicodedata
from support.lint import Finding, Tree, line_of, run

LANGUAGES = ("fr", "en", "ar", "ti", "fa-AF", "ps", "tr", "ku", "uk", "so", "fa", "ckb", "am", "ru", "sq", "ta", "pt", "es",
             "vi", "de", "it")
KEYS = re.compile(r"\b(?:title|say|ask|words|otherwise):\s*(\[[^\]]*\]|[\w.]+)")
KEY = re.compile(r"[a-z]\w*\.\w+")


def keys_of(path: str, text: str) -> list[tuple[str, Finding]]:
    text = re.sub(r"(?m)#.*$", lambda m: " " * len(m.group()), text)
    return [(key.group(), Finding(path, line_of(text, match.start(1)), ""))
            for match in KEYS.finditer(text) for key in KEY.finditer(match.group(1))]


def status_of(path: str, file: dict) -> object:
    return file.get("status", "") if path.endswith(".keywords.json") else file.get("locale.status", {}).get("defaultMessage", "")


def check_status(path: str, file: dict) -> list[Finding]:
    status = status_of(path, file)
    known = isinstance(status, str) and (status == "draft" or status.startswith("reviewed "))
    return [] if known else [Finding(path, 1, 'needs a status: "draft", or "reviewed …" by whom and when')]


def plain(text: str) -> str:
    """Without capitals, marks, joiners and punctuation: what the server compares, nearly."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    kept = (c if c.isalnum() else " " for c in letters if unicodedata.category(c) not in ("Mn", "Cf"))
    return " ".join("".join(kept).split())


def check_stop_explained(language: str, file: dict, keywords: dict) -> list[Finding]:
    stops = {plain(entry["text"]) for entry in keywords.get("keywords", {}).get("STOP", []) if not entry.get("ask")}
    findings = []
    for key, message in file.items():
        for left, right in re.findall(r"(?m)^([^=\n]+) = (.+)$", message.get("defaultMessage", "")):
            if plain(left) in stops | {"stop"} and plain(right) not in stops:
                findings.append(Finding(f"locales/{language}.json", 1, f"{key} explains {left} with '{right}': "
                                        f"list it under STOP in {language}.keywords.json"))
    return findings


def check(tree: Tree) -> list[Finding]:
    findings, messages, files = [], {}, {}
    for path, text in tree.items():
        if not path.endswith(".json"):
            continue
        file = json.loads(text)
        files[path] = file
        findings += check_status(path, file)
        if not path.endswith(".keywords.json"):
            messages[path.removeprefix("locales/").removesuffix(".json")] = file
    for language in LANGUAGES:
        if language not in messages:
            findings.append(Finding(f"locales/{language}.json", 1, "is missing"))
        if f"locales/{language}.keywords.json" not in tree:
            findings.append(Finding(f"locales/{language}.keywords.json", 1, "is missing"))
        words = files.get(f"locales/{language}.keywords.json", {})
        findings += check_stop_explained(language, files.get(f"locales/{language}.json", {}), words)
    for path, text in tree.items():
        if not path.endswith(".yaml"):
            continue
        for key, at in keys_of(path, text):
            missing = [language for language in LANGUAGES if key not in messages.get(language, {key: 0})]
            if missing:
                findings.append(Finding(at.path, at.line, f"'{key}' is not in locales/ of: {', '.join(missing)}"))
    return findings


DRAFT = '"locale.status": {"defaultMessage": "draft"}'


def planted(change: dict[str, str]) -> Tree:
    tree = {f"locales/{language}.keywords.json": '{"status": "draft"}' for language in LANGUAGES}
    tree |= {f"locales/{language}.json": '{%s, "a.b": {"defaultMessage": "x"}}' % DRAFT for language in LANGUAGES}
    tree["dialogs/d.yaml"] = "steps:\n  s:\n    say: [a.b]\n    then: end  # say: no.key\n"
    return {path: text for path, text in (tree | change).items() if text}


def explained(words: str, entry: str) -> Tree:
    return planted({"locales/fr.json": '{%s, "a.b": {"defaultMessage": "1 = x\\nSTOP = %s"}}' % (DRAFT, words),
                    "locales/fr.keywords.json": '{"status": "draft", "keywords": {"STOP": [%s]}}' % entry})


def wanted(path: str) -> bool:
    return re.fullmatch(r"locales/[\w-]+(\.keywords)?\.json|dialogs/\w+\.yaml", path) is not None


run(check, wanted,
    bad=[planted({"dialogs/d.yaml": "say: a.c"}), planted({"dialogs/d.yaml": "- {number: 1, words: a.c}"}), planted({"locales/ti.json": ""}),
         planted({"locales/ar.keywords.json": ""}), planted({"locales/uk.json": '{"a.b": {}}'}),
         planted({"locales/en.json": "{%s}" % DRAFT}),
         explained("la fin", '{"text": "fin"}'), explained("la fin", '{"text": "la fin", "ask": true}')],
    good=[planted({}), explained("Plus rien, été", '{"text": "plus rien ete"}')])
