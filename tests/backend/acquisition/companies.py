"""What the documented companies' signatories type into the form."""

from typing import Any

from backend.acquisition.sandbox import known_companies, known_people

COMPANIES = {company.name.en.split()[0]: company for company in known_companies().values()}


def company_form(name: str = "Oasis", **others: Any) -> dict[str, Any]:
    """The whole form of the documented company whose English name begins so, with other words where given."""
    company = COMPANIES[name]
    signatory = known_people()[company.signatory]
    return {
        "applicant": "organization",
        "productOffering": "business-line",
        "quantity": 5,
        "tradingName": company.name.ar,
        "commercialRegistration": company.commercial_registration,
        "vatNumber": company.vat_number,
        "personName": signatory.name.ar,
        "nationalId": signatory.national_id,
        "birthDate": signatory.birth_date.isoformat(),
        "contactNumber": "0512345678",
        "email": "owner@example.sa",
        "monthlyRevenue": "200000",
        "branches": [{"name": "الرياض", "place": "الرياض، العليا"}, {"name": "جدة"}],
        "rollUpBills": True,
        "termsAccepted": True,
    } | others
