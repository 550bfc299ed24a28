"""From files of records to usage: profiles say what a line means, nothing of a file is dropped silently."""

from backend.usage.mediation.lines import FileUnreadable, Looked, blocks, look
from backend.usage.mediation.parsing import Staged, stage
from backend.usage.mediation.profile import Profile, Profiles, read_profiles

__all__ = [
    "FileUnreadable",
    "Looked",
    "Profile",
    "Profiles",
    "Staged",
    "blocks",
    "look",
    "read_profiles",
    "stage",
]
