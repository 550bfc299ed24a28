"""The operator's catalogue for the extractor: from the backend where there is one, else from the files of the tree."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import yaml

from assistant.values.offerings import Catalogue, Offering, Place

PATH = "/catalog/v1/names"
SECONDS = 60
SECONDS_UNTIL_READ = 5
TIMEOUT = httpx.Timeout(5.0, connect=2.0)
log = logging.getLogger(__name__)


def of_tree(root: Path) -> Catalogue:
    """What the seed files say; empty where they are not there."""
    folder = root / "backend" / "seed"
    try:
        sold = yaml.safe_load((folder / "catalog.yml").read_text("utf-8"))["offerings"]
        covered = yaml.safe_load((folder / "operator.yml").read_text("utf-8"))["coverage"]
    except (OSError, yaml.YAMLError, KeyError, TypeError):
        return Catalogue()
    return of_document({"offerings": sold, "places": covered})


def of_document(document: dict[str, Any]) -> Catalogue:
    """The catalogue of `{"offerings": [{"name": {"en", "ar"}, "spellings", "kind"}], "places": [...]}`."""
    return Catalogue(
        tuple(Offering(_names(one), _spellings(one), str(one["kind"])) for one in document.get("offerings") or ()),
        tuple(Place(_names(one), _spellings(one)) for one in document.get("places") or ()),
    )


def _names(one: dict[str, Any]) -> tuple[str, ...]:
    return str(one["name"]["en"]), str(one["name"]["ar"])


def _spellings(one: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(spelling) for spelling in one.get("spellings") or ())


def connect(transport: httpx.BaseTransport | None = None) -> httpx.Client | None:
    """A client of the backend, or None where the environment names none. The catalogue is public: no token."""
    url = os.environ.get("HATIF_BACKEND_URL")
    return httpx.Client(base_url=url, timeout=TIMEOUT, transport=transport) if url else None


class CatalogueFeed:
    """Asks the backend for the catalogue and tells of every change; keeps the last one while nobody answers."""

    def __init__(self, client: httpx.Client, told: Callable[[Catalogue], None], seconds: float = SECONDS) -> None:
        self._client, self._told, self._seconds = client, told, seconds
        self._etag: str | None = None
        self._read = False
        self._stop = threading.Event()

    def refresh(self) -> bool:
        """Whether the backend had something new."""
        try:
            response = self._client.get(PATH, headers={"If-None-Match": self._etag} if self._etag else {})
            if response.status_code == httpx.codes.NOT_MODIFIED:
                return False
            response.raise_for_status()
            catalogue = of_document(response.json())
        except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as error:
            log.warning("the catalogue was not read: %s", error)
            return False
        self._read = True
        self._etag = response.headers.get("ETag")
        self._told(catalogue)
        return True

    def start(self) -> None:
        """Refresh now and then, in the background, until the process ends."""
        threading.Thread(target=self._run, name="catalogue", daemon=True).start()

    def stop(self) -> None:
        """No more refreshing."""
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.wait(self._seconds if self._read else min(self._seconds, SECONDS_UNTIL_READ)):
            self.refresh()
