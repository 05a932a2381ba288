"""Print how many distinct triples Oxigraph finds in a file, whatever their graphs.

python tests/readers/count_with_oxigraph.py FILE
"""

import sys

import pyoxigraph


def main() -> None:
    found = {str(quad.triple) for quad in pyoxigraph.parse(path=sys.argv[1])}
    print(len(found))


if __name__ == "__main__":
    main()
