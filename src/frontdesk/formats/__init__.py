"""Files and messages of the outside world: values in, bytes out; no database, no Qt."""

import logging

# pypdf's warnings quote what stands in the file.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
