#!/bin/sh
# For cron: a back-up each time, kept for thirty days. `backup.sh FOLDER`; encrypted where there is a BACKUP_KEY.
set -eu
umask 077
folder=$1
.venv/bin/python -m bot backup "$folder/$(date +%FT%H%M%S).backup"
find "$folder" -name '20??-??-??*' -mtime +30 -delete
