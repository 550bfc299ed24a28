"""Asks a Rasa server: parses in a row, turns of many senders, turns at once, and one long conversation. Times in ms."""

import http.client
import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from statistics import median
from typing import Any

TURNS = 200
CLIENTS = 8
SECONDS = 10.0
LONG = 150
STRETCH = 15
WARM_UP = 20
TURNS_A_SENDER = 10


class NotAnswered(RuntimeError):
    """A message got no reply: what was timed would not be a turn."""


@dataclass(frozen=True, slots=True)
class Channel:
    """Where turns go, which messages, and how the texts of an answer are found."""

    port: int
    path: str
    said: tuple[str, ...]
    replies: Callable[[Any], list[Any]]
    headers: Mapping[str, str] = field(default_factory=dict)

    def measured(self) -> dict[str, Any]:
        """The figures of turns."""
        client = Client(self)
        for number in range(WARM_UP):
            client.turn("warm-up", number)
        times = [client.turn(f"sender-{number // len(self.said)}", number) for number in range(TURNS)]
        return {**percentiles(times, "turn"), "turns_a_second": self._at_once(), **self._long(client)}

    def ask(self, sender: str) -> float:
        """Milliseconds of one turn. Raises NotAnswered."""
        return Client(self).turn(sender, 0)

    def _at_once(self) -> float:
        deadline = time.monotonic() + SECONDS
        with ThreadPoolExecutor(CLIENTS) as pool:
            done = sum(pool.map(lambda number: self._until(deadline, number), range(CLIENTS)))
        return round(done / (SECONDS + time.monotonic() - deadline), 1)

    def _until(self, deadline: float, client_number: int) -> int:
        client = Client(self)
        for number in count():
            if time.monotonic() > deadline:
                return number
            client.turn(f"client-{client_number}-{number // TURNS_A_SENDER}", number)
        return 0

    def _long(self, client: "Client") -> dict[str, float]:
        times = [client.turn("long", number) for number in range(LONG)]
        first = median(times[:STRETCH])
        stretches = [median(times[at : at + STRETCH]) for at in range(LONG - STRETCH + 1)]
        return {
            "growth_over_150_turns": round(stretches[-1] / first, 2),
            "slowest_15_turns_to_first": round(max(stretches) / first, 2),
        }


class Client:
    """One connection that stays open."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._connection = http.client.HTTPConnection("127.0.0.1", channel.port, timeout=60)

    def turn(self, sender: str, number: int) -> float:
        """Milliseconds of one turn. Raises NotAnswered."""
        message = self._channel.said[number % len(self._channel.said)]
        took, answer = post(
            self._connection, self._channel.path, {"sender": sender, "message": message}, self._channel.headers
        )
        if not self._channel.replies(answer):
            raise NotAnswered(f"{message!r} was answered by {answer}")
        return took


def parsed(port: int, texts: list[str]) -> dict[str, float]:
    """The figures of `/model/parse`, one text after the other; some of them beforehand, uncounted."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    times = [post(connection, "/model/parse", {"text": text}, {})[0] for text in [*texts[:WARM_UP], *texts]]
    return percentiles(times[WARM_UP:], "parse")


def post(connection: http.client.HTTPConnection, path: str, body: Any, headers: Mapping[str, str]) -> tuple[float, Any]:
    """Milliseconds from the request to the whole answer, and that answer."""
    content = json.dumps(body).encode()
    began = time.perf_counter()
    connection.request("POST", path, content, {"Content-Type": "application/json", **headers})
    response = connection.getresponse()
    answer = response.read()
    took = (time.perf_counter() - began) * 1000
    if response.status != 200:
        raise NotAnswered(f"{path} answered {response.status}: {answer[:300]!r}")
    return took, json.loads(answer)


def percentiles(times: list[float], name: str) -> dict[str, float]:
    """The middle and the slow end of times."""
    ordered = sorted(times)
    return {f"{name}_p50_ms": round(median(ordered), 2), f"{name}_p95_ms": round(ordered[int(len(ordered) * 0.95)], 2)}
