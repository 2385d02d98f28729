"""Teaches the sentence encoder in `models/encoder` on our labelled sentences. Nothing of it runs in the assistant.

multilingual-e5-small (Wang et al. 2024, MIT licence), cut to the pieces of our languages and to its first layers, is
trained further with one linear head for each thing to be read off a message, all at once. What comes out is kept in
eight bits and run by ONNX Runtime.
"""
