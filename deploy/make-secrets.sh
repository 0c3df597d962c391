#!/bin/sh
# Make the files in deploy/secrets that docker-compose.yml names. Those that are there already stay.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
chmod 700 secrets

random() { LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 40; }
keep() { [ -s "secrets/$1" ] || printf '%s' "$2" >"secrets/$1"; }

for name in secret_key postgres_password owner_password application_password redis_password; do
  keep "$name" "$(random)"
done
keep owner_url "postgres://portal_owner:$(cat secrets/owner_password)@postgres:5432/portal"
keep database_url "postgres://portal_app:$(cat secrets/application_password)@postgres:5432/portal"
keep redis_url "redis://:$(cat secrets/redis_password)@redis:6379/0"

# Each container sees only the files it is given, under an account of its own; the folder is closed here.
chmod 444 secrets/*
