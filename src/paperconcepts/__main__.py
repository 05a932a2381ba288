"""Run the command line with ``python -m paperconcepts``."""

from paperconcepts.cli import main

if __name__ == "__main__":
    main()
