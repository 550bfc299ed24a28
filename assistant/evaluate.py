"""Tells how well messages are understood: `python -m assistant.evaluate FILE.jsonl` prints one JSON object.

Rows: `{"text", "intent", "lang", "variety", "entities": [{"entity", "text", "value"}]}`, faq and chitchat as
`faq/<topic>`. A place is right in any spelling (`evaluation/spellings.py`). The shipped model is asked (trained first
where there is none), at its shipped threshold. Figures of intents are of the likeliest intent; `out_of_scope_recall`
and `false_fallback` count a message as refused that is taken for out of scope or asked back. `--errors FILE` writes
what went wrong, a row a line.
"""

import argparse
import asyncio
import json
import logging
import sys
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

from assistant import without_tensorflow

without_tensorflow.install()

from rasa.utils.log_utils import configure_structlog  # noqa: E402 - after the stand-ins

from assistant import train  # noqa: E402
from assistant.evaluation import measures, rows, running  # noqa: E402
from assistant.evaluation.measures import Understood  # noqa: E402
from assistant.evaluation.rows import BadRows, Row  # noqa: E402
from assistant.evaluation.spellings import comparable  # noqa: E402


def main() -> None:
    arguments = _arguments()
    try:
        messages = rows.read_rows(arguments.file)
    except (OSError, UnicodeDecodeError, BadRows) as error:
        sys.exit(f"evaluate: {error}")
    configure_structlog(logging.ERROR)
    with redirect_stdout(sys.stderr):  # Rasa tells its progress there
        model = arguments.model or train.trained()
        understood = asyncio.run(_understood(model, messages, arguments.today))
    sys.stdout.write(json.dumps(measures.figures(messages, understood), ensure_ascii=False, indent=1) + "\n")
    if arguments.errors:
        wrong = [one for pair in zip(messages, understood) for one in _told(*pair)]  # noqa: B905
        arguments.errors.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in wrong), "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m assistant.evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, help="rows as JSON lines")
    parser.add_argument(
        "--today", help="the day that relative dates count from (2026-11-28); today where none is given"
    )
    parser.add_argument("--model", type=Path, help="a model of Rasa; the shipped one where none is given")
    parser.add_argument("--errors", type=Path, help="where to write the rows that were not understood")
    arguments = parser.parse_args()
    if arguments.today:
        try:
            date.fromisoformat(arguments.today)
        except ValueError:
            parser.error(f"--today {arguments.today}: not a day; write it as 2026-11-28")
    return arguments


async def _understood(model: Path, messages: list[Row], today: str | None) -> list[Understood]:
    agent = running.load(model)
    return [one async for one in running.understand(agent, (row.text for row in messages), today)]


def _told(row: Row, one: Understood) -> list[dict[str, object]]:
    truth, found = ({comparable(*value): value for value in values} for values in (row.values, one.values))
    if row.intent == one.intent and truth.keys() == found.keys() and len(row.values) == len(one.values):
        return []
    told: dict[str, object] = {"text": row.text, "variety": row.variety, "intent": row.intent, "found": one.intent}
    told |= {
        "confidence": round(one.confidence, 3),
        "missing": sorted(truth[one] for one in truth.keys() - found.keys()),
    }
    return [told | {"too_much": sorted(found[one] for one in found.keys() - truth.keys())}]


if __name__ == "__main__":
    main()
