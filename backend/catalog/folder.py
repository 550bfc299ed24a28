"""The folder from which catalogue files are imported and to which they are exported: the only place a job may name."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

NOT_HERE = "only addresses like file:catalog.yml are allowed: a file in the installation's catalog folder"
LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the file's content (empty after writing), or the reason why not."""

    content: bytes = b""
    name: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CatalogFolder:
    """`path` is None in a process without an installation: then nothing can be read or written."""

    path: Path | None

    def read(self, url: str) -> Outcome:
        """The file of that address."""
        place = self._place(url)
        if place is None:
            return Outcome(reason=NOT_HERE)
        if not place.is_file():
            return Outcome(reason=f"there is no file {place.name} in the catalog folder")
        with place.open("rb") as file:
            return Outcome(file.read(LARGEST + 1), place.name)

    def write(self, url: str, content: bytes) -> Outcome:
        """A new file at that address; one that is there stays as it is."""
        place = self._place(url)
        if place is None:
            return Outcome(reason=NOT_HERE)
        if place.exists() or not place.parent.is_dir():
            return Outcome(reason=f"{place.name} is there already, or its folder is not")
        with place.open("xb") as file:
            file.write(content)
        return Outcome(name=place.name)

    def _place(self, url: str) -> Path | None:
        """The file that the address means; None when it is not a plain file address below the folder."""
        if self.path is None:
            return None
        try:
            parts = urlsplit(url)
            place = (self.path / unquote(parts.path)).resolve()
        except ValueError:
            return None
        local = parts.scheme == "file" and parts.netloc in ("", "localhost") and not parts.query and not parts.fragment
        inside = place.is_relative_to(self.path.resolve()) and place != self.path.resolve()
        return place if local and inside and len(place.name) < 200 else None
