"""How well the language pipeline understands, measured on text it was not trained on: `make eval`."""
