import os

# The encoder's heads are small: a second thread of OpenBLAS only spins for them, 10 ms of the other core a turn.
# It is read when NumPy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
