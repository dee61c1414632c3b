#!/usr/bin/env python3
"""Documents name only what exists: files, tests (`Suite.sentence`, `system.story`) and links."""
import re
from support.lint import Finding, ROOT, Tree, line_of, run
from support.tests import existing_tests

TOPS = ("server", "adapters", "tests", "script", "docs", "dialogs", "locales", "config", "bench", "cmake", ".ci")
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)\)")
TESTS = existing_tests()


def exists(name: str) -> bool:
    return any(True for _ in ROOT.glob(name.rstrip("/"))) if "*" in name else (ROOT / name).exists()


def judge_code(word: str) -> str | None:
    if word.split("/")[0] in TOPS and "/" in word and not re.search(r"\b[A-Z]{2,}\.", word) and re.fullmatch(r"[\w./*{},-]+", word):
        alternatives = re.fullmatch(r"(.*)\{(.*)\}(.*)", word)
        names = [alternatives[1] + middle + alternatives[3] for middle in alternatives[2].split(",")] if alternatives else [word]
        missing = [name for name in names if not exists(name)]
        return f"{missing[0]} does not exist" if missing else None
    if re.fullmatch(r"[A-Z]\w*\.[a-z]\w*_\w+|(system|lint)\.\w+", word) and word not in TESTS:
        return f"there is no test {word}"
    return None


def check(tree: Tree) -> list[Finding]:
    findings = []
    for path, text in tree.items():
        folder = ROOT / path.rpartition("/")[0]
        for match in CODE.finditer(text):
            if what := judge_code(match.group(1)):
                findings.append(Finding(path, line_of(text, match.start()), what))
        for match in LINK.finditer(text):
            if "://" not in match.group(1) and not (folder / match.group(1)).exists():
                findings.append(Finding(path, line_of(text, match.start()), f"{match.group(1)} does not exist"))
    return findings


run(check, lambda p: p.endswith(".md"),
    bad=[{"a.md": "see `server/nowhere/`"}, {"a.md": "`server/{base,nowhere}`"}, {"a.md": "[x](nowhere.md)"}, {"a.md": "`Suite.no_such_test`"},
         {"a.md": "`system.nowhere`"}, {"a.md": "`lint.nowhere`"}, {"a.md": "`tests/lint/*.nowhere`"}],
    good=[{"a.md": "`tests/lint/*.py` [x](CMakeLists.txt) `lint.layers` `server/base/` `locales/<language>.json` [y](https://example.org) `base.hpp`"}])
