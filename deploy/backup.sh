#!/bin/sh
# For cron: a back-up a day, kept for thirty. `backup.sh FOLDER` in the small case, with DATABASE_URL for PostgreSQL.
set -eu
folder=$1
today=$(date +%F)
case "${DATABASE_URL:-sqlite}" in
    postgres*) pg_dump --format=custom --file="$folder/$today.dump" "$DATABASE_URL" ;;
    *) .venv/bin/python -m bot backup "$folder/$today.db" ;;
esac
find "$folder" -name '20??-??-??.*' -mtime +30 -delete
