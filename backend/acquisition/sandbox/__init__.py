"""The sandbox registers and the sandbox bureau: what they answer is written in `sandbox_people.yml`."""

from backend.acquisition.sandbox.people_file import (
    documented_companies,
    documented_people,
    known_companies,
    known_people,
)
from backend.acquisition.sandbox.systems import SandboxBureau, SandboxCompanyRegistry, SandboxRegistry

__all__ = [
    "SandboxBureau",
    "SandboxCompanyRegistry",
    "SandboxRegistry",
    "documented_companies",
    "documented_people",
    "known_companies",
    "known_people",
]
