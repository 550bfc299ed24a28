"""Fills a database with the multitude: chunk by chunk through COPY, on every core, a transaction a chunk.

Killed anywhere and started again, it goes on: a chunk looks for who of it is there already, and adds the others.
"""

import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

import psycopg
from psycopg import sql

from backend.infra.encryption import keyring
from backend.seed.multitude.crowd import Resident, identifier, resident
from backend.seed.multitude.rows import LINES, PEOPLE, Offer, Row, lines_of, of_lines, of_people

CHUNK = 5000
LOCK = 11  # the class of the advisory locks that keep two fillings out of one chunk


class FillingFailed(RuntimeError):
    """A process of the filling ended before its work did; the text says why."""


@dataclass(frozen=True, slots=True)
class Order:
    """What every process must know. `conninfo` is libpq's; the keys are those of the installation."""

    conninfo: str
    keys: tuple[str, ...]
    fingerprint_key: str
    offers: tuple[Offer, ...]
    sim_issuer: str
    customers: int
    now: datetime


def filled(order: Order, processes: int) -> Iterator[int]:
    """Fill the database; yields how many places of the multitude have become certain since the last time.

    With one process it happens in this one, which has its keys in place. Raises FillingFailed.
    """
    starts = range(0, order.customers, CHUNK)
    if processes == 1:
        yield from _chunks(order, starts)
    else:
        yield from _by_processes(order, [starts[index::processes] for index in range(processes)])


def tidy(order: Order) -> None:
    """Let the server know what its tables hold now, and which of their pages everybody may see."""
    with psycopg.connect(order.conninfo, autocommit=True) as connection:
        for table, *_ in (*PEOPLE, *LINES):
            connection.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(table)))


def _by_processes(order: Order, shares: Sequence[range]) -> Iterator[int]:
    context = get_context("spawn")
    running: dict[Connection, BaseProcess] = {}
    for share in filter(None, shares):
        reader, writer = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(order, share, writer), daemon=True)
        process.start()
        writer.close()
        running[reader] = process
    while running:
        ready = wait(list(running))
        for reader in [one for one in running if one in ready]:
            try:
                told = reader.recv()
            except EOFError:
                _ended(running.pop(reader))
            else:
                if isinstance(told, str):
                    raise FillingFailed(told)
                yield told


def _ended(process: BaseProcess) -> None:
    process.join()
    if process.exitcode != 0:
        raise FillingFailed(f"a process ended with {process.exitcode}")


def _work(order: Order, starts: range, writer: Connection) -> None:
    """A process of its own. Its parent's end ends it too: nobody reads what it tells any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keyring.use(list(order.keys), order.fingerprint_key)
    try:
        for count in _chunks(order, starts):
            writer.send(count)
    except BrokenPipeError:
        return
    except psycopg.Error as error:
        writer.send(f"{type(error).__name__}: {error}")


def _chunks(order: Order, starts: Sequence[int]) -> Iterator[int]:
    with psycopg.connect(order.conninfo) as connection:
        for start in starts:
            places = range(start, min(start + CHUNK, order.customers))
            with connection.transaction():
                _add(connection, order, _missing(connection, places))
            yield len(places)


def _missing(connection: psycopg.Connection, places: range) -> list[int]:
    connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", (LOCK, places.start))
    ids = {identifier("party", place): place for place in places}
    known = connection.execute("SELECT id FROM party_party WHERE id = ANY(%s)", (list(ids),))
    return sorted(set(ids.values()) - {ids[row[0]] for row in known})


def _add(connection: psycopg.Connection, order: Order, places: Sequence[int]) -> None:
    people = [resident(place, order.now) for place in places]
    lines = list(lines_of(people, order.offers, _serials(connection, people), order.sim_issuer))
    for table, columns, rows in chain(of_people(people), of_lines(lines)):
        _copy(connection, table, columns, rows)


def _serials(connection: psycopg.Connection, people: Sequence[Resident]) -> Iterator[int]:
    """Serials of SIM cards that nobody else gets; some are left over where lines have none."""
    wanted = sum(person.lines for person in people)
    taken = "SELECT nextval(pg_get_serial_sequence('provisioning_sim', 'serial')) FROM generate_series(1, %s)"
    return iter([row[0] for row in connection.execute(taken, (wanted,))])


def _copy(connection: psycopg.Connection, table: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
