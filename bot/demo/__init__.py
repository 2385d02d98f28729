"""The demo order system: a service of its own, which imports nothing else of ours."""
