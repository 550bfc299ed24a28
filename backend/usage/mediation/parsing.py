"""Lines become records in DuckDB, set by set: every line gets a verdict, and parts of one use become one record."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from backend.kernel.zone_shifts import shifts_of, wall_ends
from backend.usage.mediation.lines import blocks
from backend.usage.mediation.profile import Frame, Profile, Span
from backend.usage.rules import BYTES_A_MEGABYTE

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2060, 1, 1)
SIZES = {"byte": 1, "kilobyte": 1024, "megabyte": BYTES_A_MEGABYTE}
OK, NOT_CHARGED, MERGED, DUPLICATE = "ok", "notCharged", "merged", "duplicate"
LONGEST_ID = 120
MEMORY = "1GB"
QUOTED_FIELD = r'("(?:[^"]|"")*"|[^{delimiter}]*)(?:{delimiter}|$)'
RECORDS = """
    CREATE OR REPLACE TEMP TABLE records (
        line_no BIGINT, raw VARCHAR, verdict VARCHAR, record_id VARCHAR, calling VARCHAR, called VARCHAR,
        visited VARCHAR, kind VARCHAR, started BIGINT, units BIGINT, call_id VARCHAR, part BIGINT, last BOOLEAN,
        parts BIGINT DEFAULT 1, source VARCHAR DEFAULT ''
    )
"""


@dataclass(frozen=True, slots=True)
class Staged:
    """A file's records in DuckDB, in the table `records`; `held` says why it must wait, `sequence` is its number."""

    connection: duckdb.DuckDBPyConnection
    read: int
    sequence: int | None
    held: str | None

    def counts(self) -> dict[str, int]:
        """How many records have each verdict."""
        rows = self.connection.execute("SELECT verdict, count(*) FROM records GROUP BY verdict").fetchall()
        return dict(rows)


def stage(path: Path, profile: Profile, *, country_code: str, longest_seconds: int) -> Staged:
    """Read the file into verdicts: ok, notCharged, merged, duplicate (of a line before), or a reason to reject."""
    connection = staging()
    statement = _parsed(profile, country_code, longest_seconds)
    header = trailer = ""
    total = 0
    for first, lines in blocks(path):
        found = list(enumerate(lines, start=first))
        if first == 1 and (profile.header or profile.column_names):
            header, found = found[0][1], found[1:]
        if profile.trailer:
            trailers = [place for place, (_, line) in enumerate(found) if line.startswith(profile.trailer.begins)]
            if trailers:
                trailer, found = (
                    found[trailers[-1]][1],
                    [one for place, one in enumerate(found) if place != trailers[-1]],
                )
        kept = [(number, line) for number, line in found if line.strip()]
        total += len(kept)
        put_lines(connection, kept)
        connection.execute(statement)
    settle(connection)
    sequence = _number(header, profile.header.sequence if profile.header else None)
    if sequence is None and profile.file_name:
        named = re.search(profile.file_name, path.name)
        sequence = int(named["sequence"]) if named else None
    held = _mismatch(profile.header, header, total, "header") or _mismatch(profile.trailer, trailer, total, "trailer")
    return Staged(connection, total, sequence, held)


def staging() -> duckdb.DuckDBPyConnection:
    """An empty table of records; what does not fit into memory is spilled."""
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    place = Path(gettempdir()) / f"hatif-{uuid4()}"  # made when it is needed, and gone with the connection
    connection.execute(f"SET temp_directory = '{place}'")
    connection.execute(RECORDS)
    return connection


def put_lines(connection: duckdb.DuckDBPyConnection, lines: Iterable[tuple[int, str]]) -> None:
    """Let these be the lines that the next statement reads."""
    numbers, texts = zip(*lines, strict=True) if (lines := list(lines)) else ((), ())
    table = pa.table({"line_no": pa.array(numbers, pa.int64()), "raw": pa.array(texts, pa.string())})
    connection.register("lines", table)


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Merge parts of one use, mark those that lack one, and records that stand there twice."""
    connection.execute("""
        UPDATE records SET verdict = 'duplicate' WHERE verdict IN ('ok', 'notCharged') AND line_no NOT IN (
            SELECT min(line_no) FROM records WHERE verdict IN ('ok', 'notCharged')
            GROUP BY source, record_id, coalesce(part, 0))
    """)
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE uses AS
        SELECT source, call_id, count(*) AS parts, min(line_no) AS kept, min(started) AS started, sum(units) AS units,
            min(part) = 1 AND max(part) = count(*) AND count(DISTINCT part) = count(*)
            AND coalesce(max(part) FILTER (last) = max(part), false) AS whole
        FROM records WHERE verdict = 'ok' AND call_id IS NOT NULL GROUP BY source, call_id
    """)
    connection.execute("""
        UPDATE records SET verdict = CASE WHEN NOT whole THEN 'partMissing' WHEN line_no = kept THEN 'ok'
                ELSE 'merged' END,
            started = CASE WHEN whole THEN u.started ELSE records.started END,
            units = CASE WHEN whole THEN u.units ELSE records.units END,
            parts = CASE WHEN whole THEN u.parts ELSE 1 END
        FROM uses u WHERE records.source = u.source AND records.call_id = u.call_id AND verdict = 'ok'
    """)


def _parsed(profile: Profile, country_code: str, longest_seconds: int) -> str:
    """The statement that turns `lines` into `records`."""
    fields = {role: _field(profile, name) for role, name in profile.fields.items()}
    kind = _kind(profile, fields)
    size = SIZES[profile.data_unit]
    quantity = f"try_cast({fields['quantity']} AS DECIMAL(24, 6))" if "quantity" in fields else "1"
    charged = f"{fields['charged']} IN ({_listed(profile.charged_values)})" if "charged" in fields else "true"
    part = f"try_cast({fields['part']} AS BIGINT)" if "part" in fields else "CAST(NULL AS BIGINT)"
    last = f"coalesce({fields['last']} IN ({_listed(profile.last_values)}), false)" if "last" in fields else "true"
    call, visited = (f"nullif({fields.get(role, 'NULL')}, '')" for role in ("call_id", "visited"))
    read = f"""
        SELECT line_no, raw, {_shape(profile)} AS shaped, {fields["record_id"]} AS record_id,
            {_number_of(fields["calling"], profile, country_code)} AS calling,
            nullif({_number_of(fields.get("called", "NULL"), profile, country_code)}, '') AS called,
            {visited} AS visited, {kind} AS kind, {_moment(profile, fields["started"])} AS started,
            {quantity} AS quantity, {charged} AS charged, {call} AS call_id, {part} AS part,
            {last} AS last, {fields["started"]} AS told
        FROM (SELECT *, {_split(profile)} AS f FROM lines)
    """  # noqa: S608 - words of the profile, quoted
    units = f"CAST(ceil(quantity * CASE kind WHEN 'data' THEN {size} ELSE 1 END) AS BIGINT)"
    return f"""
        INSERT INTO records
        SELECT line_no, raw, CASE
            WHEN NOT coalesce(shaped, false) THEN 'malformed'
            WHEN coalesce(record_id, '') = '' OR coalesce(calling, '') = '' THEN 'fieldMissing'
            WHEN length(record_id) > {LONGEST_ID} OR length(calling) > 40 OR length(called) > 40 THEN 'fieldTooLong'
            WHEN kind IS NULL THEN 'kindUnknown'
            WHEN NOT coalesce(charged, false) THEN 'notCharged'
            WHEN started IS NULL THEN 'timeInvalid'
            WHEN quantity IS NULL OR quantity > 1e15 THEN 'quantityInvalid'
            WHEN quantity < 0 THEN 'quantityNegative'
            WHEN quantity = 0 THEN 'notCharged'
            WHEN kind = 'voice' AND quantity > {longest_seconds} THEN 'tooLong'
            WHEN call_id IS NOT NULL AND part IS NULL THEN 'partInvalid'
            ELSE 'ok' END,
            record_id, calling, called, left(visited, 12), kind, started,
            CASE WHEN abs(quantity) <= 1e15 THEN {units} END, call_id, part, last, 1, ''
        FROM ({read})
    """  # noqa: S608 - words of the profile, quoted


def _split(profile: Profile) -> str:
    if profile.format != "csv":
        return "NULL"
    if not profile.quoted:
        return f"string_split(raw, {_quoted(profile.delimiter)})"
    pattern = QUOTED_FIELD.format(delimiter=re.escape(profile.delimiter))
    return f"regexp_extract_all(raw, {_quoted(pattern)}, 1)"


def _shape(profile: Profile) -> str:
    """Whether the line has the fields that it must have. The pattern finds one empty field more, at the end."""
    if profile.format == "json":
        return "json_valid(raw) AND json_type(CASE WHEN json_valid(raw) THEN raw END) = 'OBJECT'"
    if profile.format == "fixed":
        return f"length(raw) >= {max(span.start + span.length - 1 for span in profile.places.values())}"
    number = len(profile.columns)
    return f"len(f) IN ({number}, {number + 1})" if profile.quoted else f"len(f) = {number}"


def _field(profile: Profile, name: str) -> str:
    if profile.format == "json":
        return f"json_extract_string(CASE WHEN json_valid(raw) THEN raw END, {_quoted('$.' + name)})"
    if profile.format == "fixed":
        span = profile.places[name]
        return f"trim(substr(raw, {span.start}, {span.length}))"
    field = f"f[{profile.columns.index(name) + 1}]"
    if not profile.quoted:
        return field
    inner = f"replace({field}[2:-2], '\"\"', '\"')"
    return f"CASE WHEN {field}[1] = '\"' THEN {inner} ELSE {field} END"


def _kind(profile: Profile, fields: dict[str, str]) -> str:
    if profile.kind_is is not None:
        return _quoted(profile.kind_is)
    cases = " ".join(f"WHEN {_quoted(told)} THEN {_quoted(kind)}" for told, kind in profile.kinds.items())
    return f"CASE {fields['kind']} {cases} END"


def _moment(profile: Profile, field: str) -> str:
    """Epoch seconds. A local hour that stands twice is the first, one that never was is the one before the gap."""
    if profile.time_format == "epoch":
        return f"CAST(floor(try_cast({field} AS DECIMAL(20, 6))) AS BIGINT)"
    if profile.time_format == "iso":
        zoned = rf"regexp_matches({field}, '(Z|[+-]\d\d(:?\d\d)?)$')"
        aware = f"CAST(floor(epoch(try_cast({field} AS TIMESTAMPTZ))) AS BIGINT)"
        return f"CASE WHEN {zoned} THEN {aware} ELSE {_of_wall(profile, f'try_cast({field} AS TIMESTAMP)')} END"
    return _of_wall(profile, f"try_strptime({field}, {_quoted(profile.time_format)})")


def _of_wall(profile: Profile, wall: str) -> str:
    seconds = f"CAST(floor(epoch({wall})) AS BIGINT)"
    ends = wall_ends(shifts_of(ZoneInfo(profile.zone), FIRST_DAY, LAST_DAY))
    if len(ends) == 1:
        return f"{seconds} - {ends[0][1]}"
    cases = " ".join(f"WHEN {seconds} < {end} THEN {offset}" for end, offset in ends)
    return f"{seconds} - CASE {cases} END"


def _number_of(field: str, profile: Profile, country_code: str) -> str:
    """+E.164 where it is known to be one; short codes and names stay as they are."""
    bare = f"regexp_replace({field}, '[ ()-]', '', 'g')"
    digits = f"regexp_full_match({bare}, '[0-9]+')"
    international = f"WHEN {digits} AND length({bare}) >= 11 THEN '+' || {bare}" if profile.bare_international else ""
    return f"""CASE WHEN {bare} LIKE '+%' THEN {bare}
        WHEN {digits} AND {bare} LIKE '00%' THEN '+' || substr({bare}, 3)
        WHEN {digits} AND {bare} LIKE '0%' AND length({bare}) >= 9 THEN '+{country_code}' || substr({bare}, 2)
        WHEN {digits} AND {bare} LIKE '{country_code}%' AND length({bare}) >= 11 THEN '+' || {bare}
        {international} ELSE {bare} END"""


def _mismatch(frame: Frame | None, line: str, total: int, name: str) -> str | None:
    if frame is None:
        return None
    if not line.startswith(frame.begins):
        return f"the {name} is missing"
    count = _number(line, frame.count)
    if frame.count is not None and count != total:
        return f"the {name} counts {'nothing' if count is None else count}, the file holds {total}"
    return None


def _number(line: str, span: Span | None) -> int | None:
    if span is None:
        return None
    told = line[span.start - 1 : span.start - 1 + span.length].strip()
    return int(told) if told.isascii() and told.isdecimal() else None


def _listed(values: Iterable[str]) -> str:
    return ", ".join(_quoted(value) for value in values)


def _quoted(text: Any) -> str:
    return "'" + str(text).replace("'", "''") + "'"
