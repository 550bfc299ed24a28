"""Starts Rasa for one model: `python -m assistant.serve MODEL`. As `rasa run`, without TensorFlow's import and without the CLI's."""  # noqa: E501

import argparse
import asyncio
import logging
import os
import sys
import warnings
from functools import partial
from pathlib import Path

from assistant import without_tensorflow

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one message's products are small: a second thread only waits
without_tensorflow.install(*without_tensorflow.TRAINING_ONLY)
warnings.simplefilter("ignore")

import rasa.core.processor  # noqa: E402 - after the stand-ins
import rasa.core.run  # noqa: E402
from rasa.core.utils import AvailableEndpoints  # noqa: E402
from rasa.shared.core.slots import Slot  # noqa: E402
from rasa.utils.common import configure_logging_and_warnings  # noqa: E402
from rasa.utils.log_utils import configure_structlog  # noqa: E402
from sanic import Sanic  # noqa: E402

from assistant.components.direct_runner import DirectGraphRunner  # noqa: E402

HERE = Path(__file__).parent


def raise_again(error: Exception) -> None:
    """A tracker that cannot be read or kept fails the turn; Rasa's own answer, a tracker in memory, would lose a form."""  # noqa: E501
    raise error


async def fail_loudly(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:  # noqa: ARG001
    app.ctx.agent.tracker_store._on_tracker_store_error = raise_again  # noqa: SLF001


def copied(slot: Slot) -> Slot:
    """As `copy.copy` has it, without its detour by way of pickling: a turn copies some 400 slots."""
    again = object.__new__(type(slot))
    vars(again).update(vars(slot))
    return again


def build_app(model: Path, *, enable_api: bool = False) -> Sanic:
    """Rasa's server with the gateway channel only: no HTTP API beside it, unless a measurement asks for one."""
    rasa.core.processor.DaskGraphRunner = DirectGraphRunner  # Rasa names its runner there, and nowhere in a setting
    Slot.__copy__ = copied
    endpoints = AvailableEndpoints.read_endpoints(str(HERE / "endpoints.yml"))
    channels = rasa.core.run.create_http_input_channels(None, str(HERE / "credentials.yml"))
    app = rasa.core.run.configure_app(channels, enable_api=enable_api, endpoints=endpoints)
    app.register_listener(
        partial(rasa.core.run.load_agent_on_start, str(model), endpoints, None), "before_server_start"
    )
    app.register_listener(fail_loudly, "before_server_start")
    app.register_listener(rasa.core.run.close_resources, "after_server_stop")
    return app


def main(*, enable_api: bool = False) -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("model", type=Path)
    model = arguments.parse_args().model
    if not model.is_file():
        sys.exit(f"No model at {model}: run `python -m assistant.train` first.")
    configure_logging_and_warnings(logging.INFO)  # below INFO, Rasa prints what customers say
    configure_structlog(logging.INFO)
    build_app(model, enable_api=enable_api).run(
        host=os.environ.get("HATIF_RASA_HOST", "127.0.0.1"),
        port=int(os.environ["HATIF_RASA_PORT"]),
        workers=1,
        access_log=False,
    )


if __name__ == "__main__":
    main()
