"""The sentences of the interface, read from its sources: what every catalogue has to hold."""

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

UI = ROOT / "ui"
PLACEHOLDER = re.compile(r"\{\w+\}")
_JS_CALL = re.compile(r"(?<![\w.])(t|counted)\(")
_JS_TEXT = re.compile(r'\s*\+?\s*"((?:[^"\\]|\\.)*)"')
_SENTENCES = {"t": slice(0, 1), "phrase": slice(0, 1), "counted": slice(0, 2)}
_SENTENCES["counting"] = slice(2, 4)

Sentence = tuple[str, ...]
"""One sentence, or the two forms of one that counts."""


def of_pages() -> set[Sentence]:
    """What the scripts and the views say."""
    scripts = (s for file in (UI / "static").glob("*.js") for s in of_script(file.read_text()))
    views = (s for file in UI.rglob("*.py") for s in of_module(file.read_text()))
    return {*scripts, *views}


def of_script(source: str) -> Iterator[Sentence]:
    """The literal sentences a script passes to ``t`` and ``counted``."""
    for call in _JS_CALL.finditer(source):
        first, at = _js_text(source, call.end())
        if not first:
            continue  # A sentence that comes from the server, which marks it.
        if call[1] == "t":
            yield (first,)
        else:
            more, _ = _js_text(source, source.index(",", at) + 1)
            yield (first, more)


def _js_text(source: str, at: int) -> tuple[str, int]:
    """The text of the strings joined by ``+`` from here on, and where they end."""
    parts = []
    while part := _JS_TEXT.match(source, at):
        parts.append(re.sub(r"\\(.)", r"\1", part[1]))
        at = part.end()
    return "".join(parts), at


def of_module(source: str) -> Iterator[Sentence]:
    """The literal sentences a module passes to the functions of ``ui.words`` and ``ui.worded``."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        given = node.args[_SENTENCES.get(node.func.id, slice(0, 0))]
        assert not any(isinstance(one, ast.JoinedStr) for one in given), ast.unparse(node)
        texts = tuple(one.value for one in given if isinstance(one, ast.Constant))
        if texts and len(texts) == len(given):
            yield texts


def of_layers_below(*places: str) -> set[str]:
    """Every literal text of these modules or folders of modules, values in it as ``{0}``."""
    files = [f for place in places for f in _modules(ROOT / place)]
    return {text for file in files for text in _texts(ast.parse(file.read_text()))}


def _modules(place: Path) -> list[Path]:
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def _texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield template(node)


def template(node: ast.expr) -> str:
    """A literal text as the catalogues name it: ``{0} is larger than {1}``; "" for any other."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    text = ""
    count = 0
    for part in node.values if isinstance(node, ast.JoinedStr) else ():
        if isinstance(part, ast.Constant):
            text += str(part.value)
        else:
            text += f"{{{count}}}"
            count += 1
    return text


def raised_in(place: str) -> set[str]:
    """The messages that a module, or the modules of a folder, raise with their own words."""
    trees = (ast.parse(file.read_text()) for file in _modules(ROOT / place))
    raised = (node.exc for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Raise))
    calls = [call for call in raised if isinstance(call, ast.Call) and call.args]
    told = [c for c in calls if ast.unparse(c.func).endswith("Error") and not _is_internal(c)]
    return {template(call.args[0]) for call in told} - {"", "{0}: {1}"}


def found_by_the_check() -> set[str]:
    """What the check of the index says is wrong, and what mends it; harmless findings apart."""
    doctor = _calls("index/doctor.py", "Finding")
    texts = [arg for call in doctor if not call.keywords for arg in call.args[1:]]
    for node in ast.walk(_tree("index/catalog_check.py")):
        if isinstance(node, ast.Yield) and node.value is not None:
            texts += node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
    for module in ("index/mirror.py", "index/vectors.py"):
        for node in ast.walk(_tree(module)):
            if isinstance(node, ast.FunctionDef) and node.name in ("problems", "_wrong_vectors"):
                texts += [one for one in ast.walk(node) if isinstance(one, ast.JoinedStr)]
    return {template(text) for text in texts} - {""}


def _calls(module: str, name: str) -> list[ast.Call]:
    calls = (node for node in ast.walk(_tree(module)) if isinstance(node, ast.Call))
    return [call for call in calls if ast.unparse(call.func) == name]


def _tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text())


def _is_internal(call: ast.Call) -> bool:
    return hasattr(builtins, ast.unparse(call.func))
