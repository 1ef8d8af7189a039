"""Settings for publishing: those of pelicanconf.py, with the address the archive will have.

    pelican content -s publishconf.py

The output folder is never deleted first: pages that did not change stay as they are.
"""

import os
import sys

sys.path.append(os.curdir)
from pelicanconf import *  # noqa: F403

SITEURL = os.environ.get("SITEURL", SITEURL)  # noqa: F405 - from pelicanconf
DELETE_OUTPUT_DIRECTORY = False
