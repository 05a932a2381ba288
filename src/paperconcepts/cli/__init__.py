"""The command line. A command parses its arguments, makes one library call and prints."""

from paperconcepts.cli.main import main

__all__ = ["main"]
