#!/bin/sh
# For cron: a back-up a day, kept for thirty. `backup.sh FOLDER`; encrypted where there is a BACKUP_KEY.
set -eu
umask 077
folder=$1
.venv/bin/python -m bot backup "$folder/$(date +%F).backup"
find "$folder" -name '20??-??-??.*' -mtime +30 -delete
