"""Train all that ships: the concept tagger, the span ranker, the role and relation models. One command, on a CPU.

    python training/train.py --shared ../shared --work build/training

Stages, each kept in the work folder and not done again if its file is there:

1. ``base``: a pre-trained MiniLM learns the public sets (SciREX, TDMSci, Heddes), one tag layer for each.
2. ``teachers``: three copies learn our gold (train and acl), each without a third of the papers.
3. ``large``: a larger pre-trained model, MPNet, learns all of our gold.
4. ``silver``: the teachers label the unlabelled abstracts.
5. ``student``: a small convolutional network learns what they say and the gold, and is written in whole numbers.
6. ``public_student``, ``student0`` to ``student2``: the same recipe on the public sets alone; from there, students of
   one teacher each, which have not seen a third of the gold either and give its out-of-fold probabilities.
7. ``ranker``: fitted to the gold with these probabilities.
8. ``reader``: a branch of the tagger learns the roles of the gold and of the labelled papers (``labels``).
9. ``roles`` and ``relations``: fitted to these papers with what readers say that have not seen them.

``--public-only`` stops after the public sets: a student of the base teacher, scored on SciREX abstracts (dev).
"""

import argparse
from pathlib import Path

import stages
from fitting import ranker, roles_and_relations
from reading import readings


def main() -> None:
    """Run all stages that are not done yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--shared", type=Path, default=Path("../shared"), help="folder with data/gold, data/public, ..."
    )
    parser.add_argument("--work", type=Path, required=True, help="folder for what is made on the way")
    parser.add_argument("--out", type=Path, default=Path("src/paperconcepts/data"), help="where the models go")
    parser.add_argument(
        "--public-only", action="store_true", help="train and score the recipe on the public sets alone"
    )
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    public = Path(__file__).parents[1] / "benchmarks" / "models" / "public_tagger.npz"
    run = stages.Run(arguments.shared, arguments.work, arguments.out, public)
    if arguments.public_only:
        stages.public_student(run)
        return
    stages.student(run)
    ranker(run)
    roles_and_relations(run, readings(run))


if __name__ == "__main__":
    main()
