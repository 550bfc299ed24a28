"""So many tries from one address, and no more until time has passed."""

import time

import pytest

from backend.infra.limits import Tries, TriesExceeded


def test_one_try_too_many_is_refused_and_another_address_is_not() -> None:
    tries = Tries(limit=2, seconds=60)
    tries.count("one")
    tries.count("one")

    with pytest.raises(TriesExceeded):
        tries.count("one")

    tries.count("another")


def test_time_that_passes_lets_tries_through_again_and_nothing_is_kept() -> None:
    tries = Tries(limit=1, seconds=0.01)
    tries.count("one")
    time.sleep(0.02)

    tries.count("one")

    assert len(tries._seen) == 1
