"""Files of records become usage: each record once, none without a trace, whatever is wrong with the file."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from customers import Customer
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from backend.ordering.models import Product
from backend.usage import service
from backend.usage.errors import FileLoadedAlready
from backend.usage.mediation import read_profiles
from backend.usage.models import SuspendedRecord, Usage, UsageFile
from backend.usage.rules import FileState
from backend.usage.service import FileOutcome

SAMPLES = Path(__file__).parent / "samples"
HEADER = "record_id,kind,calling,called,started,quantity,visited,call_id,part,last"
Load = Callable[..., FileOutcome]


@pytest.fixture
def line(customer: Callable[..., Customer]) -> Customer:
    """A line since the first of October."""
    return customer(joined=date(2026, 10, 1))


@pytest.fixture
def load(session: Session, tmp_path: Path) -> Load:
    """Loads a file, or a text as one."""

    def loaded(
        content: str | bytes | Path,
        profile: str = "generic",
        *,
        name: str = "usage.csv",
        accept: bool = False,
        source: str | None = None,
    ) -> FileOutcome:
        path = content if isinstance(content, Path) else tmp_path / name
        if not isinstance(content, Path):
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        chosen = service.profile_named(profile)
        file = service.receive(session, path, chosen, tmp_path / "kept", source=source)
        return service.load(session, file, path, chosen, tmp_path / "kept", accept=accept)

    return loaded


def generic(*lines: str) -> str:
    return "\n".join([HEADER, *lines, ""])


def kept(session: Session, line: Customer) -> list[Usage]:
    statement = select(Usage).where(Usage.product_id == line.product_id).order_by(Usage.started_at, Usage.record_id)
    return list(session.scalars(statement))


def test_every_kind_of_record_becomes_usage_of_the_line(session: Session, line: Customer, load: Load) -> None:
    number = line.number
    outcome = load(
        generic(
            f"a,voice,{number},0501234567,2026-10-02 10:00:00,61,,,,",
            f"b,sms,{number},+201001234567,2026-10-02T11:00:00+00:00,1,,,,",
            f"c,data,{number},,2026-10-02 12:00:00,1048577,42402,,,",
            f"d,vas,{number},700123,2026-10-02 16:00:00,1,,,,",
        )
    )
    assert outcome.state is FileState.LOADED
    assert (outcome.report.read, outcome.report.loaded, outcome.report.adds_up) == (4, 4, True)
    rows = {row.record_id: row for row in kept(session, line)}
    assert rows["a"].started_at == datetime(2026, 10, 2, 7, tzinfo=UTC)
    assert rows["b"].started_at == datetime(2026, 10, 2, 11, tzinfo=UTC)
    assert [rows[name].units for name in "abcd"] == [61, 1, 1048577, 1]
    assert [rows[name].destination for name in "abd"] == ["+966501234567", "+201001234567", "700123"]
    assert (rows["c"].visited, rows["c"].kind, rows["d"].kind) == ("42402", "data", "valueAdded")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("x,voice", "malformed"),
        ("x,voice,{n},1,2026-10-02 10:00:00,5,,,,,,,", "malformed"),
        (",voice,{n},1,2026-10-02 10:00:00,5,,,,", "fieldMissing"),
        ("x,voice,{n},1,yesterday,5,,,,", "timeInvalid"),
        ("x,voice,{n},1,2026-02-30 10:00:00,5,,,,", "timeInvalid"),
        ("x,voice,{n},1,2026-10-02 10:00:00,null,,,,", "quantityInvalid"),
        ("x,voice,{n},1,2026-10-02 10:00:00,,,,,", "quantityInvalid"),
        ("x,voice,{n},1,2026-10-02 10:00:00,NaN,,,,", "quantityInvalid"),
        ("x,voice,{n},1,2026-10-02 10:00:00,-5,,,,", "quantityNegative"),
        ("x,voice,{n},1,2026-10-02 10:00:00,9999999,,,,", "tooLong"),
        ("x,fax,{n},1,2026-10-02 10:00:00,5,,,,", "kindUnknown"),
        ("x,voice,{n},1,2026-10-02 10:00:00,5,,c1,two,", "partInvalid"),
        ("\ufffd\u200f;DROP TABLE'\"", "malformed"),
    ],
)
def test_a_bad_record_is_kept_with_the_reason_and_the_others_are_loaded(
    session: Session, line: Customer, load: Load, bad: str, reason: str
) -> None:
    good = f"g,voice,{line.number},+966112345678,2026-10-02 10:00:00,60,,,,"
    bad = bad.format(n=line.number)
    outcome = load(generic(bad, good))
    assert (outcome.report.loaded, outcome.report.rejected, outcome.report.adds_up) == (1, 1, True)
    assert outcome.reasons == {reason: 1}
    [row] = session.scalars(select(SuspendedRecord).where(SuspendedRecord.reason == reason))
    assert (row.line_no, row.raw, row.state) == (2, bad, "rejected")


def test_calls_that_were_not_answered_or_took_no_time_are_accounted_for(line: Customer, load: Load) -> None:
    outcome = load(generic(f"z,voice,{line.number},1,2026-10-02 10:00:00,0,,,,"))
    assert (outcome.report.read, outcome.report.not_charged, outcome.report.adds_up) == (1, 1, True)


@pytest.mark.parametrize(
    ("name", "profile", "calling", "charged_silent"),
    [("asterisk_Master.csv", "asterisk", "1004", (4, 1)), ("freeswitch_cdr.csv", "freeswitch", "1005", (4, 2))],
)
def test_the_files_of_two_switches_are_read_whole(
    session: Session,
    line: Customer,
    load: Load,
    *,
    name: str,
    profile: str,
    calling: str,
    charged_silent: tuple[int, int],
) -> None:
    charged, silent = charged_silent
    began = datetime(2024, 1, 1, tzinfo=UTC)
    session.execute(update(Product).where(Product.id == line.product_id).values(msisdn=calling, start_date=began))
    outcome = load(SAMPLES / name, profile)
    assert (outcome.report.read, outcome.report.adds_up, outcome.report.rejected) == (20, True, 0)
    assert (outcome.report.loaded, outcome.report.not_charged) == (charged, silent)
    assert outcome.reasons == {"unknownSubscriber": 20 - charged - silent}
    assert {row.destination for row in kept(session, line)} & {"+4915112345678", "1002"}


def test_the_same_record_is_loaded_once_in_a_file_and_over_files(session: Session, line: Customer, load: Load) -> None:
    record = f"a,voice,{line.number},1,2026-10-02 10:00:00,60,,,,"
    first = load(generic(record, record))
    second = load(generic(record, record.replace("a,", "b,", 1)), name="next.csv")
    assert (first.report.loaded, first.report.duplicate) == (1, 1)
    assert (second.report.loaded, second.report.duplicate, second.report.adds_up) == (1, 1, True)
    assert len(kept(session, line)) == 2


def test_the_same_content_is_refused_once_and_for_all(line: Customer, load: Load) -> None:
    content = generic(f"a,voice,{line.number},1,2026-10-02 10:00:00,60,,,,")
    load(content)
    with pytest.raises(FileLoadedAlready):
        load(content, name="other_name.csv")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"record_id,kind\na,voice,\x00\x01", "binary"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "binary"),
        (b"record_id,kind,calling\na,voice,+9665", "truncated"),
        ("record_id\nهات".encode()[:-1], "truncated"),
        (b"", "empty"),
    ],
)
def test_a_binary_or_truncated_file_is_refused_and_kept(
    session: Session, load: Load, content: bytes, reason: str
) -> None:
    outcome = load(content)
    assert outcome.state is FileState.REFUSED
    assert reason in (outcome.reason or "")
    [row] = session.scalars(select(UsageFile))
    assert Path(row.kept_as or "").read_bytes() == content


def fixed(line: Customer, count: int) -> str:
    call = f"V{'r1':<20}{line.number:<16}{'+201001234567':<16}20261002235950{'70':>12}{'':6}"
    data = f"D{'r2':<20}{line.number:<16}{'':<16}20261003000000{'2048':>12}{'42402':<6}"
    return f"HDR00000007\n{call}\n{data}\nTRL{count:08}\n"


def test_a_file_of_fixed_width_is_checked_against_its_trailer(session: Session, line: Customer, load: Load) -> None:
    held = load(fixed(line, 3), "fixed", name="f.dat")
    assert (held.state, held.reason) == (FileState.HELD, "the trailer counts 3, the file holds 2")
    assert kept(session, line) == []
    accepted = load(fixed(line, 3), "fixed", name="f.dat", accept=True)
    assert (accepted.state, accepted.report.loaded) == (FileState.LOADED, 2)
    call, data = kept(session, line)
    assert (call.started_at, call.units) == (datetime(2026, 10, 2, 20, 59, 50, tzinfo=UTC), 70)
    assert (data.units, data.visited, data.quantity) == (2 * 1024 * 1024, "42402", 2)


def test_a_file_without_its_trailer_waits(line: Customer, load: Load) -> None:
    outcome = load("\n".join(fixed(line, 2).splitlines()[:-1]) + "\n", "fixed", name="f.dat")
    assert (outcome.state, outcome.reason) == (FileState.HELD, "the trailer is missing")


def test_numbers_of_files_that_lack_are_told(line: Customer, load: Load) -> None:
    for number in (3, 4, 7):
        record = f"r{number},voice,{line.number},1,2026-10-02 10:00:00,60,,,,"
        outcome = load(generic(record), name=f"cdr_{number:04}.csv")
    assert outcome.gaps == (5, 6)


def test_lines_of_json_are_read_and_broken_ones_kept(line: Customer, load: Load) -> None:
    good = (
        f'{{"id": "j1", "kind": "voice", "calling": "{line.number}", "called": "997", '
        '"started": "2026-10-02T10:00:00Z", "quantity": 30}'
    )
    outcome = load(f'{good}\n{{"id": "j2", "kind"\n[1]\n', "jsonLines", name="u.jsonl")
    assert (outcome.report.read, outcome.report.loaded, outcome.report.rejected) == (3, 1, 2)
    assert outcome.reasons == {"malformed": 2}


def test_parts_of_a_call_become_one_use(session: Session, line: Customer, load: Load) -> None:
    parts = [
        f"p{number},voice,{line.number},1,2026-10-02 10:{number:02}:00,60,,call-1,{number},{'1' if number == 3 else ''}"
        for number in (2, 1, 3)
    ]
    outcome = load(generic(*parts))
    assert (outcome.report.loaded, outcome.report.merged, outcome.report.adds_up) == (1, 2, True)
    [row] = kept(session, line)
    assert (row.units, row.parts, row.started_at) == (180, 3, datetime(2026, 10, 2, 7, 1, tzinfo=UTC))


def test_a_call_whose_part_lacks_waits_until_it_comes(session: Session, line: Customer, load: Load) -> None:
    part = "p{0},voice," + line.number + ",1,2026-10-02 10:0{0}:00,60,,call-2,{0},{1}"
    first = load(generic(part.format(1, ""), part.format(3, "1")))
    assert (first.report.suspended, first.report.adds_up, first.reasons) == (2, True, {"partMissing": 2})
    load(generic(part.format(2, "")), name="late.csv")
    assert service.recycle(session) == service.Recycled(tried=3, recycled=3, waiting=0)
    assert [(row.units, row.parts) for row in kept(session, line)] == [(180, 3)]
    assert service.recycle(session) == service.Recycled(0, 0, 0)


def test_use_of_an_unknown_number_waits_and_is_taken_in_once_the_number_is_known(
    session: Session, line: Customer, load: Load
) -> None:
    outcome = load(generic("u,voice,+966550009999,1,2026-10-02 10:00:00,60,,,,"))
    assert (outcome.report.suspended, outcome.report.adds_up) == (1, True)
    assert [row.reason for row in service.suspended(session)] == ["unknownSubscriber"]
    assert service.recycle(session) == service.Recycled(tried=1, recycled=0, waiting=1)
    session.execute(update(Product).where(Product.id == line.product_id).values(msisdn="+966550009999"))
    assert service.recycle(session).recycled == 1
    assert [row.record_id for row in kept(session, line)] == ["u"]
    assert service.suspended(session) == []


def test_use_before_the_line_began_or_after_it_ended_is_nobodys(line: Customer, load: Load) -> None:
    outcome = load(generic(f"e,voice,{line.number},1,2026-09-02 10:00:00,60,,,,"))
    assert outcome.reasons == {"unknownSubscriber": 1}


def test_an_hour_that_clocks_strike_twice_is_the_first_and_one_that_never_was_counts_on(
    line: Customer, load: Load, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    berlin = read_profiles().get("generic")
    assert berlin is not None
    monkeypatch.setattr(service, "profile_named", lambda _: berlin.model_copy(update={"zone": "Europe/Berlin"}))
    session.execute(
        update(Product).where(Product.id == line.product_id).values(start_date=datetime(2024, 1, 1, tzinfo=UTC))
    )
    times = ("2026-10-25 01:59:59", "2026-10-25 02:30:00", "2026-10-25 03:00:00", "2026-03-29 02:30:00")
    load(generic(*(f"t{n},voice,{line.number},1,{told},60,,,," for n, told in enumerate(times))))
    rows = {row.record_id: row.started_at.astimezone(UTC).strftime("%d %H:%M:%S") for row in kept(session, line)}
    assert rows == {"t0": "24 23:59:59", "t1": "25 00:30:00", "t2": "25 02:00:00", "t3": "29 01:30:00"}


def test_what_was_received_and_not_loaded_can_be_loaded(
    session: Session, line: Customer, load: Load, tmp_path: Path
) -> None:
    content = generic(f"k,voice,{line.number},1,2026-10-02 10:00:00,60,,,,")
    path = tmp_path / "killed.csv"
    path.write_text(content)
    service.receive(session, path, service.profile_named("generic"), tmp_path)
    assert [one.state for one in service.files(session)] == [FileState.RECEIVED]
    assert load(path).state is FileState.LOADED


def test_two_switches_may_number_their_records_alike(session: Session, line: Customer, load: Load) -> None:
    one = f"7,voice,{line.number},+966551234567,2026-10-02T10:00:00Z,60,,,,"
    other, again = one.replace("10:00", "11:00"), one.replace("10:00", "12:00")
    assert load(generic(one), source="msc1").report.loaded == 1
    assert load(generic(other), source="msc2").report.loaded == 1
    assert load(generic(again), source="msc1").report.duplicate == 1
    assert [(row.source, row.record_id) for row in kept(session, line)] == [("msc1", "7"), ("msc2", "7")]


def test_records_of_two_switches_that_wait_are_no_duplicates_either(
    session: Session, line: Customer, load: Load
) -> None:
    early = f"7,voice,{line.number},+966551234567,2026-09-02T10:00:00Z,60,,,,"
    assert load(generic(early), source="msc1").report.suspended == 1
    assert load(generic(early.replace("10:00", "11:00")), source="msc2").report.suspended == 1
    assert load(generic(early.replace("10:00", "12:00")), source="msc2").report.duplicate == 1
    line_since = update(Product).where(Product.id == line.product_id)
    session.execute(line_since.values(start_date=datetime(2026, 9, 1, tzinfo=UTC)))
    done = service.recycle(session)
    assert (done.tried, done.recycled, done.waiting) == (2, 2, 0)
    assert [row.source for row in kept(session, line)] == ["msc1", "msc2"]
