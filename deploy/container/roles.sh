#!/bin/bash
# Roles and database of the portal, when the container of the database starts for the first time.
set -euo pipefail
cat /portal/variables.sql /portal/postgresql.sql | psql --no-psqlrc --quiet --username postgres --dbname postgres
