"""The independent check: score extraction against gold with the scorer of the shared folder, not with our own.

    python benchmarks/gold_scores.py [SPLIT ...]      (default: dev)

Runs ``paperconcepts extract`` with each profile and fails below the floors for strict concepts, which guard against
loss. ``quality_card.py`` measures the same, and more, with ``paperconcepts.evaluation``.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from shared_input import shared_folder

PROFILES = ("default", "fast")
FLOORS = {
    ("dev", "default"): {"precision": 0.76, "recall": 0.74},
    ("dev", "fast"): {"precision": 0.60, "recall": 0.50},
}


def score(split: str, profile: str) -> dict[str, Any]:
    """The scorer's result for one split of the gold."""
    shared = shared_folder()
    papers = shared / "data" / "gold" / f"{split}.papers.jsonl"
    gold = shared / "data" / "gold" / f"{split}.gold.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        extract = [sys.executable, "-m", "paperconcepts", "extract", str(papers), "--profile", profile]
        subprocess.run([*extract, "-o", str(predicted)], check=True)
        scorer = shared / "tools" / "score_concepts.py"
        command = [sys.executable, str(scorer), "--papers", str(papers), "--gold", str(gold), "--pred", str(predicted)]
        result = subprocess.run([*command, "--json"], check=True, capture_output=True, text=True)
    scores: dict[str, Any] = json.loads(result.stdout)
    return scores


def show(split: str, profile: str, scores: dict[str, Any]) -> None:
    """Print the scores of one split and profile."""
    counts = f"{scores['papers']} papers, {scores['predicted']} concepts predicted, {scores['core_gold']} core"
    print(f"{split}, profile {profile}: {counts}")
    for name in ("concepts", "concepts_relaxed", "introduces", "relations", "relation_pairs"):
        print(f"  {name:18} {scores[name]}")
    for name in ("type_accuracy", "type_accuracy_method_model_merged", "role_accuracy"):
        print(f"  {name:34} {scores[name]}")
    for label, values in scores["typed"].items():
        print(f"  {label:18} {values}")


def main() -> int:
    """Print the scores of each split and profile; 1 if one is below its floor."""
    failed = False
    for split in sys.argv[1:] or ["dev"]:
        for profile in PROFILES:
            scores = score(split, profile)
            show(split, profile, scores)
            for name, floor in FLOORS.get((split, profile), {}).items():
                if scores["concepts"][name] < floor:
                    print(f"  FAILED: {name} {scores['concepts'][name]} is below {floor}")
                    failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
