"""The chart library as a page carries it: packed, and so written that a browser reads its 5 MB once and not five times.

Reading is most of what a page waits for before its first chart. V8 reads a function at least twice, once to skip it and
once to run it, unless it stands in brackets of its own, as one that is called at once does. And where an error is
made while a debugger listens, as in a browser test, it reads all the functions around it again, to say on which line.
"""

from __future__ import annotations

import base64
import gzip
import re

from plotly import offline as plotly_offline

_FACTORY = re.compile(r"(\bthis,\s*)(\(\)\s*=>\s*\{)")
_END = "}));"
_PROBES = {
    # get-intrinsic makes an error, of which it wants the prototype.
    r"try\{null\.error\}catch\((\w+)\)\{": r"{let \1=Object.create(TypeError.prototype);",
    # It asks for the callee, which strict code never gives, before it goes the other way.
    r"try\{return arguments\.callee,\w+\}catch\(\w+\)\{": "{",
    # is-regex tells a pattern by what it throws, or by its name.
    r"\b(\w+\?\(\w+=\w+\(\"RegExp\.prototype\.exec\"\))": r"0&&\1",
    # is-callable does so with functions, and has another way too.
    r"try\{(\w+)=Object\.defineProperty\(\{\},\"length\",\{get:function\(\)\{throw (\w+)\}\}\),\2=\{\},"
    r"(\w+)\(function\(\)\{throw 42\},null,\1\)\}catch\((\w+)\)\{\4!==\2&&\(\3=null\)\}": r"{\3=null}",
    # object.assign looks for a fault of browsers of 2014.
    r"try\{Object\.assign\((\w+),\"xy\"\)\}catch\(\w+\)\{return \1\[1\]===\"y\"\}": "",
    # gl-shader makes an error to stand behind its own.
    r"\b(\w+)\.prototype=new Error,": r"\1.prototype=Object.create(Error.prototype),",
}
"""Where packages within plotly.js make or throw an error to see what the browser does, and what finds out without."""


def pack_library() -> str:
    """Return the element that holds plotly.js, compressed; equal versions give equal bytes."""
    script = quicken(plotly_offline.get_plotlyjs()).encode("utf-8")
    packed = base64.b64encode(gzip.compress(script, compresslevel=9, mtime=0)).decode("ascii")
    return f'<script type="application/json" id="plotly-js">"{packed}"</script>\n'


def quicken(script: str) -> str:
    """Return plotly.js with its factory in brackets and no error made while it is loaded; it does the same.

    Whatever is not found as it is known stays as it is.
    """
    if script.rstrip().endswith(_END) and _FACTORY.search(script):
        script = _FACTORY.sub(r"\1(\2", script.rstrip(), count=1) + "\n"
        script = script.removesuffix(f"{_END}\n") + "})));\n"
    for probe, instead in _PROBES.items():
        script = re.sub(probe, instead, script, count=1)
    return script
