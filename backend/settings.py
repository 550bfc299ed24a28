"""The one frozen set of settings, read from the environment when a process starts, never at import."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What differs between one installation and another. Every name is read with the prefix HATIF_.

    Secrets have no default: the launcher makes them for a development home, an operator sets them elsewhere.
    """

    model_config = SettingsConfigDict(env_prefix="HATIF_", frozen=True, extra="ignore")

    environment: Literal["development", "production"] = "development"
    home: Path = Path(".hatif")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    database_url: str
    public_url: str = Field(default="", description="where the world reaches the product, without the last slash")
    web_dir: Path = Path("web/dist")
    hub_private_callbacks: bool | None = Field(
        default=None, description="may events go to inner networks? in development"
    )
    widget_origins: list[str] = ["*"]
    conversations_a_minute: int = Field(default=120, ge=1)
    sign_ins_a_minute: int = Field(default=20, ge=1)

    network_url: str = Field(default="", description="the operator's provisioning system; the sandbox when empty")
    network_token: SecretStr = SecretStr("")

    token_key: SecretStr
    encryption_keys: SecretStr
    assistant_token: SecretStr
    rasa_secret: SecretStr
    rasa_url: str
    actions_health_url: str
    rasa_timeout_seconds: float = 8.0

    gateway_url: str = Field(default="", description="the card gateway; the sandbox when empty")
    gateway_token: SecretStr = SecretStr("")
    gateway_secret: SecretStr = SecretStr("")
    payment_pages_a_minute: int = Field(default=60, ge=1)
    callbacks_a_minute: int = Field(default=600, ge=1)

    smtp_host: str = Field(default="", description="the mail server; the sandbox outbox when empty")
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")

    registry_url: str = ""
    registry_token: SecretStr = SecretStr("")
    company_registry_url: str = ""
    company_registry_token: SecretStr = SecretStr("")
    bureau_url: str = ""
    bureau_token: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _secrets_are_long(self) -> Self:
        for name in ("token_key", "assistant_token", "rasa_secret"):
            if len(getattr(self, name).get_secret_value()) < 32:
                raise ValueError(f"HATIF_{name.upper()} must have at least 32 characters")
        return self

    @model_validator(mode="after")
    def _a_gateway_signs(self) -> Self:
        if self.gateway_url and len(self.gateway_secret.get_secret_value()) < 32:
            raise ValueError("HATIF_GATEWAY_SECRET, which signs the gateway's messages, must have 32 characters")
        return self

    @property
    def private_callbacks(self) -> bool:
        """Whether events may be posted to addresses of inner networks."""
        return self.is_development if self.hub_private_callbacks is None else self.hub_private_callbacks

    @property
    def public_address(self) -> str:
        """The root of every address that is told to others."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def is_development(self) -> bool:
        """Whether demonstration pages, the movable clock and sandbox systems are there."""
        return self.environment == "development"

    @property
    def keys(self) -> list[str]:
        """Encryption keys (Fernet), the newest first."""
        return [key.strip() for key in self.encryption_keys.get_secret_value().split(",") if key.strip()]
