"""Compare what was extracted with what careful readers annotated."""

from paperconcepts.evaluation.bootstrap import Interval, Intervals
from paperconcepts.evaluation.calibration import Calibration, CalibrationBin
from paperconcepts.evaluation.concept_scores import ConceptEvaluation, evaluate_concepts
from paperconcepts.evaluation.gold import (
    ConceptGold,
    GoldConcept,
    GoldDocument,
    GoldPaper,
    GoldSpan,
    MentionGold,
    PaperText,
)
from paperconcepts.evaluation.judging import ErrorCount, JudgedPaper, JudgedSpan, Verdict
from paperconcepts.evaluation.mention_scores import MentionEvaluation, evaluate_mentions
from paperconcepts.evaluation.predictions import parse_prediction, read_predictions
from paperconcepts.evaluation.reading import read_gold
from paperconcepts.evaluation.report import format_report
from paperconcepts.evaluation.scoring import Evaluation, evaluate
from paperconcepts.evaluation.tallies import Scores, Tally

__all__ = [
    "Calibration",
    "CalibrationBin",
    "ConceptEvaluation",
    "ConceptGold",
    "ErrorCount",
    "Evaluation",
    "GoldConcept",
    "GoldDocument",
    "GoldPaper",
    "GoldSpan",
    "Interval",
    "Intervals",
    "JudgedPaper",
    "JudgedSpan",
    "MentionEvaluation",
    "MentionGold",
    "PaperText",
    "Scores",
    "Tally",
    "Verdict",
    "evaluate",
    "evaluate_concepts",
    "evaluate_mentions",
    "format_report",
    "parse_prediction",
    "read_gold",
    "read_predictions",
]
