#!/usr/bin/env python3
"""CMakeLists.txt is the architecture: a file includes only what its layer's line names, and no layer names a later one."""
import re
from support.lint import Finding, Tree, is_cpp, line_of, run, without_comments

LAYER = re.compile(r"^layer\((\w+)([^)]*)\)", re.M)
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def uses_of(words: str) -> list[str]:
    """The layers after USES, up to LINKS."""
    match = re.search(r"\bUSES\b(.*?)(?:\bLINKS\b|$)", words, re.S)
    return match.group(1).split() if match else []


def room(path: str) -> str:
    parts = path.split("/")
    if parts[0] == "adapters":
        return "adapters"
    return parts[1] if len(parts) > 2 else parts[1].removesuffix(".cpp").removesuffix(".hpp")


def only_the_app(path: str, target: str) -> str | None:
    """net and the gateways' list are wired in one place; the configuration and the command line read the list too."""
    name = room(path)
    if target == "net" and name != "net" and not name.startswith("app"):
        return "only app.cpp wires net"
    if target == "adapters" and name not in ("adapters", "cli") and not name.startswith(("app", "config", "doctor")):
        return "only app, config, doctor and cli see the gateways"
    return None


def judge(path: str, quote: str, target: str, layers: dict[str, list[str]]) -> str | None:
    if target.startswith("."):
        return f'write "{target}" from the root of server/'
    first = target.split("/")[0] if "/" in target else target.removesuffix(".hpp")
    named = first in layers or first == "cli" or "/" not in target and quote == '"'
    if not named or first == room(path):
        return None
    if quote == "<" and first in layers:
        return f"write \"{target}\" in quotes: it is ours"
    if what := only_the_app(path, first):
        return what
    allowed = layers.get(room(path))
    if allowed is None or first in allowed:
        return None
    return f'the layer {room(path)} does not name {first} after USES in CMakeLists.txt'


def check(tree: Tree) -> list[Finding]:
    findings, layers = [], {}
    cmake = tree["CMakeLists.txt"]
    for match in LAYER.finditer(cmake):
        for used in uses_of(match.group(2)):
            if used not in layers:
                findings.append(Finding("CMakeLists.txt", line_of(cmake, match.start()), f"{used} is not a layer above {match.group(1)}"))
        layers[match.group(1)] = uses_of(match.group(2))
    for path, text in tree.items():
        if not is_cpp(path):
            continue
        if path.count("/") > 1 and room(path) not in layers and room(path) != "cli":
            findings.append(Finding(path, 1, f"the folder {room(path)} has no layer(…) line in CMakeLists.txt"))
        code = without_comments(text)
        for match in INCLUDE.finditer(code):
            if what := judge(path, match.group(1), match.group(2), layers):
                findings.append(Finding(path, line_of(code, match.start(2)), what))
    return findings


CMAKE = "layer(base LINKS toolbox)\nlayer(store USES base LINKS sqlite)\nlayer(net USES base)\nlayer(adapters USES base)\nlayer(inbox USES base\n  store)\n"
run(check, lambda p: p == "CMakeLists.txt" or is_cpp(p) and p.startswith(("server/", "adapters/")),
    bad=[{"CMakeLists.txt": CMAKE, "server/store/a.cpp": '#include "inbox/b.hpp"'},
         {"CMakeLists.txt": CMAKE, "server/base/a.hpp": '#include "store/b.hpp"'},
         {"CMakeLists.txt": CMAKE, "server/base/a.hpp": '#include "config.hpp"'},
         {"CMakeLists.txt": CMAKE, "server/inbox/a.cpp": '#include "net/b.hpp"'},
         {"CMakeLists.txt": CMAKE, "server/cli/a.cpp": '#include "net/b.hpp"'},
         {"CMakeLists.txt": CMAKE, "server/inbox/a.cpp": '#include "adapters/registry.hpp"'},
         {"CMakeLists.txt": CMAKE, "server/store/a.cpp": '#include "../base/b.hpp"'},
         {"CMakeLists.txt": CMAKE, "server/store/a.cpp": "#include <inbox/b.hpp>"},
         {"CMakeLists.txt": CMAKE, "server/fresh/a.cpp": ""},
         {"CMakeLists.txt": "layer(store USES base)\nlayer(base)\n"}],
    good=[{"CMakeLists.txt": CMAKE, "server/inbox/a.cpp": '#include "store/b.hpp"\n#include "inbox/c.hpp"\n#include <base.h>\n'
                                                          '// #include "net/b.hpp"\n#include <boost/asio.hpp>\n',
           "server/app.cpp": '#include "net/a.hpp"\n#include "adapters/registry.hpp"\n#include "app.hpp"\n',
           "server/config.hpp": '#include "adapters/registry.hpp"', "adapters/x/x.cpp": '#include "adapters/y.hpp"',
           "server/cli/a.cpp": '#include "config.hpp"\n#include "app.hpp"\n#include "store/b.hpp"'}])
