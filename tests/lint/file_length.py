#!/usr/bin/env python3
"""A file that is longer than 300 lines is two files."""
from support.lint import Finding, Tree, run

LONGEST = 300


def check(tree: Tree) -> list[Finding]:
    return [Finding(path, LONGEST + 1, f"{text.count(chr(10))} lines; split it: {LONGEST} is the most")
            for path, text in tree.items() if text.count("\n") > LONGEST]


run(check, lambda p: p.endswith((".cpp", ".hpp", ".mjs", ".ts")) and p.startswith(("server/", "adapters/", "tests/")),
    bad=[{"a.cpp": "\n" * 301}], good=[{"a.cpp": "\n" * 300}])
