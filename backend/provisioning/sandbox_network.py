"""The sandbox network: keeps lines in tables of its own, through transactions of its own, like any outside system.

What it did stays done when the caller's transaction rolls back. Numbers that try it out:
    ends in 0404   activation is refused
    ends in 13     the line test finds a fault
    ends in 7      is used three times as much (`sandbox_usage`)
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from backend.provisioning import queries, rules
from backend.provisioning.errors import NetworkRefused
from backend.provisioning.models import SandboxLine, SandboxRequest
from backend.provisioning.network import LineChange, NetworkLine
from backend.provisioning.rules import CallDetailRecord, LineState, LineTestResult, Operation
from backend.provisioning.sandbox_usage import usage_of_day

REFUSED_ENDING = "0404"
FAULT_ENDING = "13"
PAGE = 5000


class SandboxNetwork:
    """Carries nothing, but remembers everything: a NetworkAdapter for demonstration and tests."""

    def __init__(self, engine: Engine, zone: ZoneInfo) -> None:
        self._engine = engine
        self._zone = zone

    def activate(self, change: LineChange) -> datetime:
        """Carry the line from then on. A number that another SIM had before is taken over by this one."""
        if change.msisdn.endswith(REFUSED_ENDING):
            raise NetworkRefused(f"numbers that end in {REFUSED_ENDING} are refused here", msisdn=change.msisdn)
        return self._changed(change, Operation.ACTIVATE)

    def suspend(self, change: LineChange) -> datetime:
        """Stop carrying the line for a time."""
        return self._changed(change, Operation.SUSPEND)

    def resume(self, change: LineChange) -> datetime:
        """Carry the line again."""
        return self._changed(change, Operation.RESUME)

    def terminate(self, change: LineChange) -> datetime:
        """Stop carrying the line for good."""
        return self._changed(change, Operation.TERMINATE)

    def replace_sim(self, change: LineChange) -> datetime:
        """Carry the line on another SIM."""
        return self._changed(change, Operation.REPLACE_SIM)

    def set_roaming(self, change: LineChange, *, allowed: bool) -> datetime:
        """Let the line be used abroad, or not."""
        return self._changed(change, Operation.ROAMING_ON if allowed else Operation.ROAMING_OFF)

    def lines(self) -> Iterator[NetworkLine]:
        """Every line that is active or suspended, a page at a time."""
        after = ""
        while True:
            with self._own_transaction() as session:
                page = queries.sandbox_lines(session, after=after, limit=PAGE)
            yield from (NetworkLine(line.msisdn, line.iccid, LineState(line.state)) for line in page)
            if len(page) < PAGE:
                return
            after = page[-1].msisdn

    def state(self, msisdn: str) -> LineState:
        """What the network knows of the number."""
        with self._own_transaction() as session:
            line = queries.sandbox_line(session, msisdn)
            return LineState(line.state) if line else LineState.UNKNOWN

    def line_test(self, msisdn: str) -> LineTestResult:
        """Suspended for a suspended line, a fault for one that is not carried or ends in 13, else fine."""
        state = self.state(msisdn)
        if state is LineState.SUSPENDED:
            return LineTestResult.SUSPENDED
        healthy = state is LineState.ACTIVE and not msisdn.endswith(FAULT_ENDING)
        return LineTestResult.OK if healthy else LineTestResult.FAULT

    def usage(self, msisdn: str, since: datetime, until: datetime) -> list[CallDetailRecord]:
        """The records that began in [since, until) while the line was carried, oldest first."""
        with self._own_transaction() as session:
            line = queries.sandbox_line(session, msisdn)
            history = [(Operation(done.operation), done.at) for done in queries.sandbox_history(session, msisdn)]
        spans = rules.in_service(history)
        if line is None or not spans:
            return []
        records = self._records(msisdn, line.profile, max(since, spans[0].start), until)
        return [r for r in records if since <= r.start < until and any(r.start in span for span in spans)]

    def _records(self, msisdn: str, profile: str, since: datetime, until: datetime) -> Iterator[CallDetailRecord]:
        day, last = since.astimezone(self._zone).date(), until.astimezone(self._zone).date()
        while day <= last:
            yield from usage_of_day(msisdn, profile, day, self._zone)
            day += timedelta(days=1)

    def _changed(self, change: LineChange, operation: Operation) -> datetime:
        with self._own_transaction() as session:
            queries.wait_for_line(session, change.msisdn)
            done = queries.sandbox_done(session, change.request_id)
            if done is not None:
                return done
            self._carry_out(session, change, operation)
        return change.at

    @staticmethod
    def _carry_out(session: Session, change: LineChange, operation: Operation) -> None:
        line = queries.sandbox_line(session, change.msisdn)
        state = LineState(line.state) if line else LineState.UNKNOWN
        if state not in rules.BEFORE[operation]:
            raise NetworkRefused(f"a line that is {state} cannot {operation}", msisdn=change.msisdn)
        if line is None:
            line = SandboxLine(msisdn=change.msisdn)
            session.add(line)
        if operation is Operation.ACTIVATE:
            line.iccid, line.profile = change.iccid, change.profile
        if operation is Operation.REPLACE_SIM:
            line.iccid = change.iccid
        if operation in (Operation.ROAMING_ON, Operation.ROAMING_OFF):
            line.roaming = operation is Operation.ROAMING_ON
        line.state = rules.AFTER.get(operation, state)
        session.add(
            SandboxRequest(request_id=change.request_id, msisdn=change.msisdn, operation=operation, at=change.at)
        )

    @contextmanager
    def _own_transaction(self) -> Iterator[Session]:
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session
