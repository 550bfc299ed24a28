"""How Python reads here: docstrings, imports at the top, pure pockets, nothing half done."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repo.conftest import ROOT

OURS = ("backend", "actions", "assistant")
LEFT_OVER = re.compile(r"#\s*(TODO|FIXME|XXX)|NotImplementedError|assert True$", re.MULTILINE)


@pytest.fixture(scope="session")
def trees(python_files: list[Path]) -> dict[Path, ast.Module]:
    """The syntax tree of every module of ours, migrations aside."""
    ours = [p for p in python_files if p.parts[0] in OURS and "versions" not in p.parts]
    return {path: ast.parse((ROOT / path).read_text()) for path in ours}


def test_every_module_opens_with_a_sentence(trees: dict[Path, ast.Module]) -> None:
    silent = [path for path, tree in trees.items() if not (ast.get_docstring(tree) or "").strip().endswith((".", ":"))]
    untold = [p for p in silent if not ast.get_docstring(trees[p])]
    assert not untold


def test_every_public_function_of_the_backend_says_what_it_gives(trees: dict[Path, ast.Module]) -> None:
    silent = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in trees.items()
        if path.parts[0] == "backend"
        for node in _public(tree)
        if not ast.get_docstring(node)
    ]
    assert not silent


def test_imports_stand_at_the_top(trees: dict[Path, ast.Module]) -> None:
    inner = [
        f"{path}:{inside.lineno}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inside in ast.walk(node)
        if isinstance(inside, ast.Import | ast.ImportFrom)
    ]
    assert not inner


def test_services_do_not_commit_and_do_not_catch(trees: dict[Path, ast.Module]) -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in trees.items()
        if path.parts[0] == "backend" and ("service" in path.parts or path.stem in {"service", "queries", "handlers"})
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"commit", "rollback"}
    ]
    assert not wrong


def test_the_action_server_never_imports_the_backend(trees: dict[Path, ast.Module]) -> None:
    wrong = [
        str(path)
        for path, tree in trees.items()
        if path.parts[0] in {"actions", "assistant"}
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "backend"
    ]
    assert not wrong


def test_nothing_is_left_half_done(python_files: list[Path]) -> None:
    found = [p for p in python_files if p.parts[:2] != ("tests", "repo") and LEFT_OVER.search((ROOT / p).read_text())]
    assert not found


def test_no_test_is_skipped(python_files: list[Path]) -> None:
    skipped = re.compile(r"pytest\.skip\(|mark\.(skip|xfail)")
    tests = [p for p in python_files if p.parts[0] == "tests" and p.parts[1] != "repo"]
    assert not [p for p in tests if skipped.search((ROOT / p).read_text())]


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    inner
                    for inner in node.body
                    if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_plumbing(inner)
                )


def _is_plumbing(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    overrides = {"code"}
    return function.name.startswith("_") or function.name in overrides
