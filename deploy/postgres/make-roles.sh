#!/bin/sh
# Run by PostgreSQL's image when it makes an empty data folder.
set -eu
psql -X -v ON_ERROR_STOP=1 -U postgres -d postgres -v database=portal \
  -v owner_password="$(cat /run/secrets/owner_password)" \
  -v application_password="$(cat /run/secrets/application_password)" \
  -f /portal/roles.sql
