"""Runs Rasa's graph node by node in this thread: what dask plans anew at every message stands once and for all."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rasa.engine.runner.dask import DaskGraphRunner

Plan = tuple[tuple[str, tuple[str, ...]], ...]


class DirectGraphRunner(DaskGraphRunner):
    """A runner as Rasa's own, whose nodes and their order are the same; three runs of it make a turn."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plan = lru_cache(maxsize=None)(self._planned)

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """What each target gives. Raises GraphComponentException, as Rasa's own runner does, where a node fails."""
        wanted = tuple(targets or self._graph_schema.target_names)
        # A node is handed what another gave together with that one's name.
        given = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._plan(wanted):
            given[name] = self._instantiated_nodes[name](*(given[need] for need in needs))
        return dict(given[name] for name in wanted)

    def _planned(self, wanted: tuple[str, ...]) -> Plan:
        """Every node that the wanted ones need, each after those that it needs itself; and what it is handed."""
        nodes, order = self._graph_schema.nodes, {}

        def place(name: str) -> None:
            if name in nodes and name not in order:
                needs = tuple(nodes[name].needs.values())
                for need in needs:
                    place(need)
                order[name] = needs

        for name in wanted:
            place(name)
        return tuple(order.items())
