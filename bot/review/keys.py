"""What the operator types: single keys where there is a terminal, whole lines where there is none."""

import abc
import os
import select
import shutil
import termios
import tty
from contextlib import contextmanager
from typing import Any, Callable, Iterator, List, TextIO

ENTER, QUIT, TAB, ESCAPE = "\n", "q", "\t", "\x1b"
_BACKSPACE = ("\x7f", "\x08")
_END_OF_INPUT = ("", "\x04")
_REST_OF_A_KEY = 0.02  # seconds within which an arrow key sends what follows its escape


class Keys(abc.ABC):
    """The end of the input is QUIT."""

    @abc.abstractmethod
    def key(self) -> str:
        """One key; ENTER for the enter key."""

    @abc.abstractmethod
    def word(self, prompt: str, matches: Callable[[str], List[str]]) -> str:
        """A word; what it may become is shown while it is typed. Empty: never mind."""


class Lines(Keys):
    """A key a line: an empty line is ENTER, of a longer one the first sign counts."""

    def __init__(self, stdin: TextIO, stdout: TextIO):
        self._stdin, self._stdout = stdin, stdout

    def key(self) -> str:
        line = self._stdin.readline()
        return line.rstrip("\r\n")[:1] or ENTER if line else QUIT

    def word(self, prompt: str, matches: Callable[[str], List[str]]) -> str:
        self._stdout.write(prompt + "\n")
        return self._stdin.readline().strip()


class Terminal(Keys):
    """Keys as they are pressed, without echo; the terminal is given back as it was, whatever happens."""

    def __init__(self, stdin: TextIO, stdout: TextIO):
        self._handle, self._stdout = stdin.fileno(), stdout
        self._before: List[Any] = []

    def __enter__(self) -> "Terminal":
        self._before = termios.tcgetattr(self._handle)
        tty.setcbreak(self._handle)
        return self

    def __exit__(self, *_: object) -> None:
        termios.tcsetattr(self._handle, termios.TCSADRAIN, self._before)

    def key(self) -> str:
        self._stdout.flush()
        pressed = self._sign()
        if pressed == ESCAPE:
            while select.select([self._handle], [], [], _REST_OF_A_KEY)[0]:
                self._sign()
        return QUIT if pressed in _END_OF_INPUT else ENTER if pressed == "\r" else pressed

    def word(self, prompt: str, matches: Callable[[str], List[str]]) -> str:
        typed = ""
        while True:
            found = matches(typed)
            self._redraw(f"{prompt}{typed}", found)
            pressed = self.key()
            if pressed in (ENTER, TAB, ESCAPE):
                self._stdout.write("\n")
                return "" if pressed == ESCAPE else (found or [typed])[0] if typed else ""
            typed = typed[:-1] if pressed in _BACKSPACE else typed + pressed if pressed.isprintable() else typed

    def _redraw(self, line: str, found: List[str]) -> None:
        width = shutil.get_terminal_size().columns - 1
        self._stdout.write("\r\x1b[K" + f"{line}   {' '.join(found)}"[:width])

    def _sign(self) -> str:
        """One character, of as many bytes as it has."""
        read = os.read(self._handle, 1)
        more = 0 if not read or read[0] < 0xC0 else 1 if read[0] < 0xE0 else 2 if read[0] < 0xF0 else 3
        return (read + (os.read(self._handle, more) if more else b"")).decode(errors="replace")


@contextmanager
def open_keys(stdin: TextIO, stdout: TextIO) -> Iterator[Keys]:
    """The keys of a terminal; where it is none, lines."""
    if not stdin.isatty():
        yield Lines(stdin, stdout)
        return
    with Terminal(stdin, stdout) as keys:
        yield keys
