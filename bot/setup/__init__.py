"""From a fresh checkout to a running assistant.

`bootstrap`, `pythons`, `private_uv`, `browser`, `exclusive` and `progress` run before anything is installed: standard
library only, Python 3.8 or newer. The rest runs inside `.venv`.
"""
