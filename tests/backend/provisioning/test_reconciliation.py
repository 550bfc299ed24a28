"""What the network carries against what was sold: every kind of difference is found, and repaired as was said."""

from collections.abc import Callable, Iterator

import pytest
from customers import Customer
from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.access.rules import Role
from backend.infra.database import Database
from backend.provisioning import queries, service
from backend.provisioning.errors import LineUnknownNeedsChoice
from backend.provisioning.models import Difference, Reconciliation, SandboxLine
from backend.provisioning.rules import LineState
from backend.provisioning.service import UnknownLine

MakeCustomer = Callable[..., Customer]
GHOST = "+966550999001"
REPORTS = "/provisioning/v1/reconciliation"


@pytest.fixture
def network(database: Database) -> Iterator[Callable[..., None]]:
    """Changes the sandbox network behind everybody's back."""

    def change(statement: str, **values: str) -> None:
        with database.transaction() as own:
            own.execute(text(statement), values)

    yield change
    change("TRUNCATE provisioning_sandbox_line, provisioning_sandbox_request")


def found(session: Session, report: Reconciliation) -> dict[str, tuple[str, str | None, str | None]]:
    rows = session.scalars(queries.differences(report.id))
    return {row.number: (row.kind, row.ours, row.theirs) for row in rows}


def state(database: Database, number: str) -> str | None:
    with database.transaction() as own:
        line = own.get(SandboxLine, number)
        return line.state if line else None


def differing(session: Session, customer: MakeCustomer, network: Callable[..., None]) -> list[Customer]:
    missing, suspended, swapped, alright = (customer() for _ in range(4))
    network("DELETE FROM provisioning_sandbox_line WHERE msisdn = :n", n=missing.number)
    network("UPDATE provisioning_sandbox_line SET state = 'suspended' WHERE msisdn = :n", n=suspended.number)
    network("UPDATE provisioning_sandbox_line SET iccid = '8996601000000999990' WHERE msisdn = :n", n=swapped.number)
    network(
        "INSERT INTO provisioning_sandbox_line (msisdn, iccid, profile, state, roaming)"
        " VALUES (:n, NULL, 'mobile', 'active', false)",
        n=GHOST,
    )
    session.flush()
    return [missing, suspended, swapped, alright]


def test_network_and_sales_that_agree_have_no_differences(session: Session, customer: MakeCustomer) -> None:
    customer()
    customer(offering="fibre-100")

    report = service.reconcile(session)

    assert (report.network_lines, report.sold_lines, report.differences) == (2, 2, 0)
    assert service.remaining(session, report.id) == 0


def test_every_kind_of_difference_is_found(
    session: Session, customer: MakeCustomer, network: Callable[..., None]
) -> None:
    missing, suspended, swapped, _ = differing(session, customer, network)
    ours = service.carried(session, swapped.product_id)

    report = service.reconcile(session)

    assert ours is not None
    assert found(session, report) == {
        missing.number: ("missingInNetwork", "active", None),
        suspended.number: ("stateDiffers", "active", "suspended"),
        swapped.number: ("simDiffers", ours.iccid, "8996601000000999990"),
        GHOST: ("unknownToUs", None, "active"),
    }
    assert (report.network_lines, report.sold_lines, report.differences) == (4, 4, 4)


def test_the_repair_makes_the_network_what_was_sold_and_leaves_unknown_lines_alone(
    session: Session, database: Database, customer: MakeCustomer, network: Callable[..., None]
) -> None:
    missing, suspended, *_ = differing(session, customer, network)
    report = service.reconcile(session)

    last, repaired = service.repair_page(session, report.id, None, unknown=None, size=100)

    assert (last, repaired, service.remaining(session, report.id)) == (None, 3, 1)
    assert [state(database, number) for number in (missing.number, suspended.number, GHOST)] == ["active"] * 3
    again = service.reconcile(session)
    assert found(session, again) == {GHOST: ("unknownToUs", None, "active")}


def test_an_unknown_line_is_ended_only_when_that_is_said(
    session: Session, database: Database, customer: MakeCustomer, network: Callable[..., None]
) -> None:
    differing(session, customer, network)
    report = service.reconcile(session)
    ghost = session.scalars(queries.differences(report.id).where(Difference.number == GHOST)).one()
    with pytest.raises(LineUnknownNeedsChoice):
        service.repair(session, ghost)

    service.repair(session, ghost, unknown=UnknownLine.TERMINATE)

    assert (ghost.state, state(database, GHOST)) == ("repaired", LineState.TERMINATED)


def test_a_difference_that_has_settled_itself_is_noted_as_gone(
    session: Session, customer: MakeCustomer, network: Callable[..., None]
) -> None:
    missing, *_ = differing(session, customer, network)
    report = service.reconcile(session)
    service.terminate(session, customer().product_id, "other")
    line = queries.living_service_of_number(session, missing.number)
    assert line is not None
    line.state = "terminated"
    session.flush()
    difference = session.scalars(queries.differences(report.id).where(Difference.number == missing.number)).one()

    service.repair(session, difference)

    assert difference.state == "gone"


def test_many_lines_are_compared_page_by_page(
    session: Session, customer: MakeCustomer, network: Callable[..., None]
) -> None:
    customer()
    network(
        "INSERT INTO provisioning_sandbox_line (msisdn, profile, state, roaming)"
        " SELECT '+96657' || lpad(n::text, 7, '0'), 'mobile', 'active', false FROM generate_series(1, 12000) AS n"
    )
    heard: list[int] = []

    report = service.reconcile(session, heard.append)

    assert (report.network_lines, report.differences, sum(heard)) == (12_001, 12_000, 10_000)


def test_staff_read_reports_and_only_the_admin_repairs(
    session: Session, api, staff, customer: MakeCustomer, network: Callable[..., None]
) -> None:
    differing(session, customer, network)
    admin, watcher = staff(Role.ADMIN), staff(Role.SUPERVISOR)

    made = api.post(REPORTS, headers=admin).json()

    assert api.post(REPORTS, headers=watcher).status_code == 403
    differences = api.get(f"{REPORTS}/{made['id']}/difference?kind=unknownToUs", headers=watcher).json()
    assert [(one["number"], one["state"]) for one in differences] == [(GHOST, "open")]
    repaired = api.post(f"{REPORTS}/{made['id']}/repair", json={}, headers=admin).json()
    assert repaired == {"repaired": 3, "remaining": 1}
    one = f"{REPORTS}/{made['id']}/difference/{differences[0]['id']}/repair"
    assert api.post(one, json={}, headers=admin).json()["code"] == "line_unknown_needs_choice"
    assert api.post(one, json={"unknownLines": "suspend"}, headers=admin).json()["state"] == "repaired"
    assert api.get(REPORTS, headers=watcher).json()[0]["differences"] == 4
