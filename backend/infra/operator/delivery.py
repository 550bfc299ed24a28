"""How bills reach customers, and who issues them."""

from pydantic import Field

from backend.infra.operator.part import Part
from backend.kernel.text import Bilingual


class Seller(Part):
    """Who issues the bills, as a tax invoice names them. The VAT number is the Saudi one: 15 digits, 3 at both ends."""

    legal_name: Bilingual
    vat_number: str = Field(pattern=r"^3\d{13}3$")
    commercial_registration: str = Field(default="", max_length=20)
    address: Bilingual
    website: str = Field(default="", max_length=100)
    phone: str = Field(default="", max_length=30)
    bank_name: Bilingual | None = None
    iban: str = Field(default="", max_length=34)
    biller_code: str = Field(default="", max_length=10)


class Delivery(Part):
    """From which address bills are sent by e-mail, and how long the link in a text message opens one."""

    sender: str = Field(default="", max_length=200)
    link_days: int = Field(default=30, ge=1, le=365)
    chat_link_minutes: int = Field(default=30, ge=1, le=1440)
