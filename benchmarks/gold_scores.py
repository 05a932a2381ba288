"""Score extraction against gold: runs ``paperconcepts extract`` and the scorer, fails below the floors.

    python benchmarks/gold_scores.py [SPLIT ...]      (default: dev)

The floors are those of version 0.1 (strict concepts, precision 0.60 and recall 0.50 on dev); they guard against loss.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from shared_input import shared_folder

FLOORS = {"dev": {"precision": 0.60, "recall": 0.50}}


def score(split: str) -> dict[str, Any]:
    """The scorer's result for one split of the gold."""
    shared = shared_folder()
    papers = shared / "data" / "gold" / f"{split}.papers.jsonl"
    gold = shared / "data" / "gold" / f"{split}.gold.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        subprocess.run(
            [sys.executable, "-m", "paperconcepts", "extract", str(papers), "-o", str(predicted)], check=True
        )
        scorer = shared / "tools" / "score_concepts.py"
        command = [sys.executable, str(scorer), "--papers", str(papers), "--gold", str(gold), "--pred", str(predicted)]
        result = subprocess.run([*command, "--json"], check=True, capture_output=True, text=True)
    scores: dict[str, Any] = json.loads(result.stdout)
    return scores


def main() -> int:
    """Print the scores of each split; 1 if one is below its floor."""
    failed = False
    for split in sys.argv[1:] or ["dev"]:
        scores = score(split)
        print(
            f"{split}: {scores['papers']} papers, {scores['predicted']} concepts predicted, {scores['core_gold']} core"
        )
        for name in ("concepts", "concepts_relaxed", "introduces", "relations", "relation_pairs"):
            print(f"  {name:18} {scores[name]}")
        for name in ("type_accuracy", "type_accuracy_method_model_merged", "role_accuracy"):
            print(f"  {name:34} {scores[name]}")
        for label, values in scores["typed"].items():
            print(f"  {label:18} {values}")
        for name, floor in FLOORS.get(split, {}).items():
            if scores["concepts"][name] < floor:
                print(f"  FAILED: {name} {scores['concepts'][name]} is below {floor}")
                failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
