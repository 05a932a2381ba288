"""The program that fills a Ladybug database in a process of its own, from statements as lines of JSON.

It is run by its path, see `paperconcepts.export.ladybug`, and imports nothing of the package. Each line of standard
input is a list: a statement of Cypher, and its parameters.
"""

import importlib
import json
import sys

__all__ = ["main"]


def main(path: str) -> None:
    """Run the statements of standard input in the database at ``path``."""
    engine = importlib.import_module("ladybug")
    # One thread: rows keep the order in which they were given.
    database = engine.Database(path, max_num_threads=1)
    connection = engine.Connection(database)
    for line in sys.stdin.buffer:
        statement, parameters = json.loads(line)
        connection.execute(statement, parameters)
    connection.close()
    database.close()


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except Exception as error:  # Its last line is what the user reads.
        sys.exit(" ".join(str(error).split()))
