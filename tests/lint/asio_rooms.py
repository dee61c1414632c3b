#!/usr/bin/env python3
"""Asio stays in the rooms that touch the world: base/task, base/timer, net, live, store, and the app that starts them.

Everybody else says Task<T>, and can be read without knowing Asio. Beast stays in net; its one-translation-unit source too.
"""
import re
from support.lint import Finding, Tree, code_only, is_cpp, line_of, run

ASIO_ROOMS = ("server/base/task", "server/base/timer", "server/base/boost_asio.cpp", "server/net/", "server/live/", "server/store/", "server/app")


def check(tree: Tree) -> list[Finding]:
    findings = []
    for path, text in tree.items():
        code = code_only(text)
        if not path.startswith(ASIO_ROOMS):
            for match in re.finditer(r'boost/asio\b|\basio\s*::', code):
                findings.append(Finding(path, line_of(code, match.start()), "Asio outside its rooms; say Task<T> (base/task.hpp)"))
        if not path.startswith("server/net/"):
            for match in re.finditer(r'boost/beast\b|\bbeast\s*::', code):
                findings.append(Finding(path, line_of(code, match.start()), "Beast outside net/; say HttpRequest (base/http.hpp)"))
    return findings


run(check, lambda p: is_cpp(p) and p.startswith(("server/", "adapters/")),
    bad=[{"server/inbox/a.cpp": "#include <boost/asio/awaitable.hpp>"}, {"server/turns/a.cpp": "co_await asio::post(x);"},
         {"server/live/a.cpp": "#include <boost/beast/http.hpp>"}],
    good=[{"server/base/task.hpp": "#include <boost/asio/awaitable.hpp>", "server/net/a.cpp": "boost::beast::flat_buffer b; boost::asio::post(x);",
           "server/inbox/a.cpp": '// asio::post\n#include "base/task.hpp"\nTask<int> f();'}])
