"""Lets Rasa be imported without TensorFlow: no model of ours uses it, and the real import costs some eight seconds.

Rasa imports TensorFlow at the top of modules whose classes this product never makes (DIET, TED, UnexpecTED). `install()`
puts empty stand-ins in its place; anything that really needed TensorFlow would fail when trained, not silently work.
A server goes without what only training needs as well: `install(*TRAINING_ONLY)` spares it 70 MB and a second.
"""  # noqa: E501

import importlib.abc
import importlib.machinery
import sys
import types

import thinc.compat  # noqa: F401 - spaCy's thinc looks for TensorFlow too, and must not find the stand-ins

ROOTS = frozenset({"keras", "tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text"})
TRAINING_ONLY = ("jax",)


class _AbsentType(type):
    """Any attribute of an absent name is absent too."""

    def __getattr__(cls, name: str) -> "type[Absent]":
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent


class Absent(metaclass=_AbsentType):
    """Stands for a TensorFlow class, function or decorator; good for nothing but being named."""

    def __class_getitem__(cls, item: object) -> "type[Absent]":
        return cls

    def __new__(cls, *args: object, **kwargs: object) -> object:  # noqa: ARG004
        used_as_decorator = cls is Absent and len(args) == 1 and callable(args[0])
        return args[0] if used_as_decorator else super().__new__(cls)


class _AbsentModule(types.ModuleType):
    def __getattr__(self, name: str) -> type[Absent]:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent


class _AbsentFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, roots: frozenset[str]) -> None:
        self._roots = roots

    def find_spec(self, fullname, path=None, target=None):
        if fullname.partition(".")[0] not in self._roots:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _AbsentModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run: the module is empty on purpose."""


def install(*more: str) -> None:
    """Answer every later `import tensorflow`, and of what else is named, with a stand-in; call before rasa's import."""
    if not any(isinstance(finder, _AbsentFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _AbsentFinder(ROOTS | set(more)))
