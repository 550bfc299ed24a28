"""Documents as PDF, set by Typst in this process; the same bytes everywhere: our fonts only, and a given date."""

import json
import os
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_ibm_plex_sans_arabic
import typst

FONTS = Path(fontpkg_ibm_plex_sans_arabic.__file__).parent / "files"


class Typesetter:
    """One template, ready to be filled in again and again: it and the fonts are read once.

    Typst sets a document in one thread: its pages are so few that sharing them out costs more than it saves, and
    workers are many.
    """

    def __init__(self, template: Path) -> None:
        os.environ.setdefault("RAYON_NUM_THREADS", "1")  # read by Typst when it first has something to do
        self._compiler = typst.Compiler(
            input=str(template), root=str(template.parent), font_paths=_fonts(), ignore_system_fonts=True
        )
        self._busy = threading.Lock()

    def pdf(self, data: Mapping[str, Any], dated: date) -> bytes:
        """The document with these data (JSON values, in `sys.inputs.data`), dated noon UTC of that day."""
        text = json.dumps(data, ensure_ascii=False, sort_keys=True)
        at = datetime.combine(dated, time(12), tzinfo=UTC)
        with self._busy:
            made = self._compiler.compile(format="pdf", sys_inputs={"data": text}, timestamp=at, pdf_tags=True)
        assert isinstance(made, bytes)  # noqa: S101 - one document, no output file
        return made


@cache
def typesetter(template: Path) -> Typesetter:
    """The typesetter of a template, made once a process."""
    return Typesetter(template)


@cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
