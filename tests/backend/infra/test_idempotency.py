"""An Idempotency-Key makes a request happen once, whoever repeats it and whenever."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import pytest
from sqlalchemy.orm import Session

from backend.infra.database import Database
from backend.infra.idempotency import IdempotencyKeyReused, once
from backend.infra.numbers import next_number


def done(session: Session, key: str | None, request: Any = None, answer: Any = None, caller: str = "me") -> Any:
    response = once(session, caller=caller, key=key, request=request or {"a": 1}, answer=answer or count().__next__)
    return response.status_code, json.loads(bytes(response.body))


def test_the_first_answer_is_given_again(session: Session) -> None:
    counting = count().__next__
    assert [done(session, "the-same-key", answer=counting) for _ in range(3)] == [(201, 0)] * 3
    assert counting() == 1


def test_another_body_under_the_same_key_is_refused(session: Session) -> None:
    done(session, "the-same-key", {"a": 1, "b": 2})
    assert done(session, "the-same-key", {"b": 2, "a": 1}) == (201, 0)
    with pytest.raises(IdempotencyKeyReused):
        done(session, "the-same-key", {"a": 1})


def test_two_callers_may_use_the_same_key(session: Session) -> None:
    counting = count().__next__
    assert done(session, "the-same-key", answer=counting, caller="me") == (201, 0)
    assert done(session, "the-same-key", answer=counting, caller="you") == (201, 1)


def test_without_a_key_the_work_is_simply_done_again(session: Session) -> None:
    counting = count().__next__
    assert [done(session, None, answer=counting)[1] for _ in range(2)] == [0, 1]


def test_a_refused_request_may_be_tried_again_under_its_key(committed: Database) -> None:
    def refused() -> None:
        raise LookupError

    def attempt() -> None:
        with committed.transaction() as session:
            done(session, "refused-first", answer=refused)

    with pytest.raises(LookupError):
        attempt()
    with committed.transaction() as session:
        assert done(session, "refused-first", answer=lambda: "now it works") == (201, "now it works")


def test_of_eight_who_ask_at_once_one_works_and_all_get_its_answer(committed: Database) -> None:
    ready, worked = threading.Barrier(8), count()

    def ask(_: int) -> Any:
        ready.wait()
        with committed.transaction() as session:

            def answer() -> dict[str, object]:
                return {"number": next_number(session, "IDEM", year=2026), "worked": next(worked)}

            return done(session, "all-at-once", answer=answer)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert answers == [(201, {"number": "IDEM-2026-000001", "worked": 0})] * 8


def test_when_the_first_of_two_fails_the_second_does_the_work(committed: Database) -> None:
    first_is_in, second_may = threading.Event(), threading.Event()

    def first() -> None:
        def fails() -> None:
            first_is_in.set()
            second_may.wait(5)
            raise LookupError

        with committed.transaction() as session:
            done(session, "first-fails", answer=fails)

    with ThreadPoolExecutor(2) as pool:
        failing = pool.submit(first)
        first_is_in.wait(5)
        with committed.transaction() as session:
            threading.Timer(0.2, second_may.set).start()
            assert done(session, "first-fails", answer=lambda: "second") == (201, "second")
        with pytest.raises(LookupError):
            failing.result()
