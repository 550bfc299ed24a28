# Backend and worker: one image, started with different commands.
FROM node:24-slim AS web
WORKDIR /web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web/ ./
RUN npm run build

FROM python:3.11-slim
COPY --from=ghcr.io/astral-sh/uv:0.13.9 /uv /usr/local/bin/uv
WORKDIR /opt/hatif
COPY pyproject.toml uv.lock README.md ./
COPY backend/ backend/
RUN uv sync --frozen --no-dev
COPY --from=web /web/dist web/dist
ENV PATH=/opt/hatif/.venv/bin:$PATH PYTHONUNBUFFERED=1
RUN useradd --system --create-home --home-dir /var/lib/hatif hatif
USER hatif
EXPOSE 8000
CMD ["uvicorn", "backend.main:app_from_environment", "--factory", "--host", "0.0.0.0", "--port", "8000", \
     "--ws-max-size", "262144", "--no-access-log"]
