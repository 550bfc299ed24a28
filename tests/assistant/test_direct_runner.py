"""The direct runner gives what Rasa's own runner gives, and fails as that one does."""

import pytest
from rasa.engine.exceptions import GraphComponentException
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from assistant.components.direct_runner import DirectGraphRunner


class Joined(GraphComponent):
    """Joins what it is handed to its own word."""

    def __init__(self, word):
        self.word = word

    @classmethod
    def create(cls, config, **_plumbing):
        return cls(config["word"])

    def join(self, first, second=""):
        if self.word == "break":
            raise RuntimeError(self.word)
        return f"{self.word}({first},{second})"


def node(word, **needs):
    return SchemaNode(needs=needs, uses=Joined, constructor_name="create", fn="join", config={"word": word})


def graph(**words):
    return GraphSchema({
        "top": node(words.get("top", "top"), first="left", second="right"),
        "right": node("right", first="left", second="__said__"),
        "left": node(words.get("left", "left"), first="__said__"),
        "aside": node("break", first="__said__"),
    })  # fmt: skip


def runner(kind, schema, folder):
    return kind.create(schema, LocalModelStorage.create(folder), ExecutionContext(schema, "model"))


def test_each_target_is_what_rasas_own_runner_makes_of_it(tmp_path):
    schema = graph()
    direct, dask = (runner(kind, schema, tmp_path) for kind in (DirectGraphRunner, DaskGraphRunner))
    for said in ("hello", "again"):
        for targets in (["top"], ["left", "top"], ["right"]):
            inputs = {"__said__": said}
            assert direct.run(inputs, targets) == dask.run(inputs, targets)
    assert direct.run({"__said__": "x"}, ["top"]) == {"top": "top(left(x,),right(left(x,),x))"}


def test_what_is_not_needed_is_not_run_and_a_node_that_fails_fails_the_run(tmp_path):
    for kind in (DirectGraphRunner, DaskGraphRunner):
        running = runner(kind, graph(), tmp_path)
        assert running.run({"__said__": "x"}, ["left"]) == {"left": "left(x,)"}
        with pytest.raises(GraphComponentException):
            running.run({"__said__": "x"}, ["aside"])
