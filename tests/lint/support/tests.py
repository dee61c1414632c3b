"""The names of all tests that are written as `Suite.sentence`, `system.story` or `lint.what`."""
import re
from support.lint import paths, read_tree

TEST = re.compile(r"\bTEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)")


def existing_tests() -> set[str]:
    sources = read_tree(lambda p: p.startswith("tests/unit/") and p.endswith(".cpp"))
    found = {f"{suite}.{name}" for text in sources.values() for suite, name in TEST.findall(text)}
    found |= {f"system.{p.split('/')[-1].split('.')[0]}" for p in paths() if p.startswith("tests/system/") and p.endswith(".test.mjs")}
    return found | {f"lint.{p.split('/')[-1][:-3]}" for p in paths() if re.fullmatch(r"tests/lint/\w+\.py", p)}
