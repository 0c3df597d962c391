# syntax=docker/dockerfile:1
# One image for web, worker, sweeper, beat and migrate; docker-compose.yml says which runs what.

FROM python:3.11-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/portal
COPY requirements/base.txt /tmp/base.txt
RUN /opt/portal/bin/pip install --quiet --require-hashes -r /tmp/base.txt

FROM packages AS assets
COPY requirements/node.txt /tmp/node.txt
RUN /opt/portal/bin/pip install --quiet --require-hashes -r /tmp/node.txt
WORKDIR /portal
COPY . .
RUN /opt/portal/bin/python -m contest_portal.management.assets \
 && PORTAL_STATIC_ROOT=/portal/build/collected /opt/portal/bin/python manage.py collectstatic --no-input

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --user-group --no-create-home portal \
 && install -d -o portal -g portal /var/lib/portal
COPY --from=packages /opt/portal /opt/portal
COPY --from=assets /portal/build /portal/build
COPY . /portal
WORKDIR /portal
# The code and the packages belong to root: what the service runs, the service cannot change.
USER portal
ENV PATH=/opt/portal/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    PORTAL_ENV=production PORTAL_VAR=/var/lib/portal
EXPOSE 8000
CMD ["gunicorn", "contest_portal.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--worker-class=gthread", \
     "--threads=4", "--worker-tmp-dir=/dev/shm", "--no-control-socket", "--access-logfile=-"]
