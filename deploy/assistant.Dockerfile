# Rasa and the action server: one image, started with different commands. The model is trained into it.
FROM python:3.10-slim
COPY --from=ghcr.io/astral-sh/uv:0.13.9 /uv /usr/local/bin/uv
WORKDIR /opt/hatif
COPY assistant/pyproject.toml assistant/uv.lock assistant/
RUN uv sync --frozen --no-dev --project assistant
ENV PATH=/opt/hatif/assistant/.venv/bin:$PATH PYTHONUNBUFFERED=1
COPY assistant/ assistant/
COPY actions/ actions/
COPY data/nlu/ data/nlu/
RUN mv "$(python -m assistant.train | tail -n 1)" model.tar.gz
RUN useradd --system --create-home hatif
USER hatif
