"""The sandbox gateway's callbacks: posted over HTTP like a real one's."""

import httpx
import procrastinate
import structlog

from backend.infra.jobs import RETRY, database_of
from backend.payment.gateway import SIGNATURE_HEADER, PaymentGateway
from backend.payment.sandbox.gateway import SandboxGateway
from backend.payment.service import CALLBACK

log = structlog.get_logger(__name__)
jobs = procrastinate.Blueprint()


@jobs.task(name="call_back", pass_context=True, retry=RETRY)
def call_back(context: procrastinate.JobContext, reference: str) -> None:
    """Tell the product how a session ended. A refused signature is the end of it; no answer is tried again."""
    database = database_of(context)
    gateway = database.outside.find(PaymentGateway)
    if not isinstance(gateway, SandboxGateway):
        return
    body, signature = gateway.callback(reference)
    headers = {SIGNATURE_HEADER: signature, "Content-Type": "application/json"}
    answer = httpx.post(f"{database.public_url}{CALLBACK}", content=body, headers=headers, timeout=10)
    log.info("sandbox_callback_sent", reference=reference, status=answer.status_code)
    if answer.status_code >= 500:
        answer.raise_for_status()
