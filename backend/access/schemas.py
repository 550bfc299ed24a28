"""JSON of access."""

from datetime import datetime

from pydantic import Field

from backend.infra.tmf630 import Resource


class SignIn(Resource):
    """User name and password."""

    username: str = Field(max_length=80)
    password: str = Field(max_length=200)


class StaffToken(Resource):
    """A bearer token and when it ends."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105 - the scheme's name
    expires_at: datetime
    role: str
