"""The sandbox registers of people and of companies, and the sandbox bureau."""

from datetime import date

from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from backend.acquisition.company import CompanyClaim, CompanyVerdict, company_names_match
from backend.acquisition.credit import CreditEnquiry, CreditHistory
from backend.acquisition.errors import BureauUnavailable, CompanyRegistryUnavailable, RegistryUnavailable
from backend.acquisition.fields import age
from backend.acquisition.identity import IdentityClaim, Verdict, names_match
from backend.acquisition.models import SandboxIdentity
from backend.acquisition.sandbox.people_file import SandboxCompany, known_companies, known_people
from backend.infra.encryption import keyring
from backend.kernel.checkdigit import is_national_id

ADULT = 18


class SandboxRegistry:
    """An IdentityRegistry that knows the people of the file, and takes to everyone else's word the first time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def verify(self, claim: IdentityClaim) -> Verdict:
        """The verdict. Raises RegistryUnavailable for the person for whom the register is down."""
        if not is_national_id(claim.national_id):
            return Verdict.UNKNOWN
        person = known_people().get(claim.national_id)
        if person is None:
            return self._stranger(claim)
        if person.registry == "down":
            raise RegistryUnavailable
        if person.registry == "blocked":
            return Verdict.BLOCKED
        registered = person.registered_name or person.name
        return _compared(claim, (registered.ar, registered.en), person.birth_date)

    def _stranger(self, claim: IdentityClaim) -> Verdict:
        verdict = _compared(claim, (claim.name,), claim.birth_date)
        if verdict is not Verdict.CLEAN:
            return verdict
        first = _remembered(self._engine, claim.national_id, claim.name, claim.birth_date.isoformat())
        return _compared(claim, (first.name,), date.fromisoformat(first.birth_date))


class SandboxCompanyRegistry:
    """A CompanyRegistry that knows the companies of the file, and takes to everyone else's word the first time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def verify(self, claim: CompanyClaim) -> CompanyVerdict:
        """The verdict. Raises CompanyRegistryUnavailable for the company for which the register is down."""
        company = known_companies().get(claim.commercial_registration)
        if company is not None:
            return _judged(claim, company)
        key = f"commercial registration {claim.commercial_registration}"
        first = _remembered(self._engine, key, claim.name, "")
        return CompanyVerdict.CLEAN if company_names_match(claim.name, first.name) else CompanyVerdict.NAME_MISMATCH


class SandboxBureau:
    """A CreditBureau that has the people and companies of the file on file, and nobody else."""

    def history(self, enquiry: CreditEnquiry) -> CreditHistory:
        """What is on file; an empty history for everyone else. Raises BureauUnavailable for whom it is down."""
        if enquiry.company:
            company = known_companies().get(enquiry.identity)
            credit = company.credit if company else None
        else:
            person = known_people().get(enquiry.identity)
            if person is not None and person.bureau == "down":
                raise BureauUnavailable
            credit = person.credit if person else None
        return CreditHistory(**credit.model_dump()) if credit else CreditHistory()


def _judged(claim: CompanyClaim, company: SandboxCompany) -> CompanyVerdict:
    if company.registry == "down":
        raise CompanyRegistryUnavailable
    if company.registry == "suspended":
        return CompanyVerdict.SUSPENDED
    if not any(company_names_match(claim.name, name) for name in (company.name.ar, company.name.en)):
        return CompanyVerdict.NAME_MISMATCH
    signs = company.authorised and claim.signatory.national_id == company.signatory
    return CompanyVerdict.CLEAN if signs else CompanyVerdict.SIGNATORY_NOT_AUTHORISED


def _compared(claim: IdentityClaim, names: tuple[str, ...], born: date) -> Verdict:
    if age(claim.birth_date, claim.on) < ADULT:
        return Verdict.UNDER_AGE
    if not any(names_match(claim.name, name) for name in names):
        return Verdict.NAME_MISMATCH
    return Verdict.CLEAN if claim.birth_date == born else Verdict.BIRTH_DATE_MISMATCH


def _remembered(engine: Engine, key: str, name: str, birth_date: str) -> SandboxIdentity:
    """How somebody called themselves first; this time, when nobody of that key came before."""
    values = {"fingerprint": keyring.fingerprint(key), "name": name, "birth_date": birth_date}
    with Session(engine, expire_on_commit=False) as session, session.begin():
        session.execute(insert(SandboxIdentity).values(values).on_conflict_do_nothing())
        return session.get_one(SandboxIdentity, values["fingerprint"])
