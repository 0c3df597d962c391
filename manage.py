#!/usr/bin/env python3
import os
import sys

from django.core.management import execute_from_command_line

from contest_portal.management.running import adopt

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contest_portal.settings")
    adopt(sys.argv)
    execute_from_command_line(sys.argv)
