"""Ours beside a stock Rasa assistant, in one run on one machine: `python -m benchmarks`."""
