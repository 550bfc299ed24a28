"""Short catalogue files for tests."""

from textwrap import dedent, indent

PLAN = """
    - id: plan
      name: {ar: باقة, en: Plan}
      description: {ar: وصف., en: Text.}
      kind: mobilePostpaid
      price: {amount: "10.00", period: 1 month, taxIncluded: false}
"""


def entry(**changes: str) -> str:
    """A short offering of the file, with some of its words written otherwise; an empty one is left out."""
    lines = dedent(PLAN).strip("\n").splitlines()
    words = {line.removeprefix("- ").strip().split(":")[0]: line.strip().removeprefix("- ") for line in lines}
    words |= {word: f"{word}: {value}" if value else "" for word, value in changes.items()}
    kept = [text for text in words.values() if text]
    return indent("\n".join(["- " + kept[0], *("  " + text for text in kept[1:])]), "  ") + "\n"


def file_of(*entries: str) -> bytes:
    """A whole file with these offerings."""
    return ("offerings:\n" + "".join(entries)).encode()
