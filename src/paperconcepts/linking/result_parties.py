"""The phrases that name the parties of a result: who has it, against whom, and rows of things that share it."""

import re

from paperconcepts.linking.marked_sentence import ARTEFACT, DATASET, METRIC

__all__ = [
    "BASELINE",
    "BESIDE_DATASET",
    "HOLDER",
    "LOWER_IS_BETTER",
    "OPENING_SUBJECT",
    "OWN",
    "OWN_NAMED",
    "REPORTED",
    "ROWS",
    "SUBJECT",
]

_SKIPPED = (
    r"(?:[\w-]+ly|also|further|even|only|still|alone|then|thus|now|can|could|may|might|will|would|not|does|do|did"
    r"|able to|is|which|that|cannot|has|have|been|shown to|shows?|demonstrates?)"
)
_CLAIMS = (
    r"(?:(?:achiev|attain|obtain|reach|scor|yield|deliver|record|report|improv|increas|boost|rais|enhanc|outperform"
    r"|surpass|exceed|beat|outscor|accelerat|advanc|gain|reduc|decreas|lower|drop|degrad|declin|underperform|sav|enabl"
    r"|demonstrat|exhibit|establish|maintain|converg|us|consum|requir|rank|perform|train|offer|provid)(?:es?|s|ed)?"
    r"|averages|averaged|leads?|led|gives?|sets?|enjoys?|shows?|results?|runs?|brings?|brought|is|are|was|were|has|have|cuts?|falls?|fell"
    r"|speeds?)"
)
_NAMED = rf"({ARTEFACT})(?: \({ARTEFACT}\))?(?: (?:models?|methods?|frameworks?|networks?|algorithms?|systems?))?"
# An artefact that does something: "A, which achieves", "A further improves".
SUBJECT = re.compile(rf"{_NAMED},?(?: {_SKIPPED}){{0,4}} {_CLAIMS}\b(?! that\b)", re.IGNORECASE)
# An artefact that opens a clause, whatever it does: "we find that A names ...".
OPENING_SUBJECT = re.compile(
    rf"(?:\A|\bthat |: |; |\bwhile |\bwhereas )(?:(?:the|our|even|an?) )?{_NAMED} "
    r"(?!(?:of|for|in|on|with|and|or|by|as|to|at|from|we|our|it)\b|\w+ (?:shows?|indicates?|reveals?) )[\w-]",
    re.IGNORECASE,
)
# Whose metric it is: "the accuracy of A".
HOLDER = re.compile(rf"{METRIC} (?:of|for) (?:the |our )?{ARTEFACT}")
# "Our A", which says of whom the paper speaks better than "our" alone.
OWN_NAMED = re.compile(
    rf"\bour (?:(?!(?:of|for|in|on|with|to|from|by|and|or)\b)[\w-]+ ){{0,2}}{_NAMED}"
    r"(?!\w| (?:experiment|evaluation|stud|result|analys|trial|test))",
    re.IGNORECASE,
)
# What stands after "over", "than", or is outperformed (``verb``), itself or by its metric ("the accuracy of A").
BASELINE = re.compile(
    r"\b(?:over|than|compared (?:to|with)|comparison (?:to|with)|against|relative to|respect to|versus|vs\.?|w\.r\.t\."
    r"|(?P<verb>(?:outperform|surpass|exceed|outscor|beat|underperform)(?:e?s|ed|ing)?|improv\w+ (?:up)?on))"
    rf"\s(?:the (?:[\w-]+ ){{0,2}}{METRIC} (?:of|for) )?"
    rf"(?:(?!(?:on|in|for|with|using|by|from|of|to|and|that|which)\b)[\w’'-]+\s){{0,4}}({ARTEFACT})",
    re.IGNORECASE,
)
# The paper speaks of itself.
OWN = re.compile(
    r"\b(?:we|our|ours|it|its|this|these|proposed|experiments?|experimental|results?|evaluations?|empirical(?:ly)?)\b"
    r"|\bthe (?:(?!best|base|previous|existing|other|strong|original|old|final)\w+ )?"
    r"(?:model|method|framework|approach|system|algorithm|technique|strategy|pipeline|architecture)\b",
    re.IGNORECASE,
)
# "accuracy and F1", "A, B, and C": signs of one kind in a row.
ROWS = {
    sign: re.compile(
        rf"{sign}(?: \({sign}\))?(?:(?:,)(?: on| in)?(?: the)? (?:[\w’'-]+ ){{0,2}}?{sign}(?: \({sign}\))?){{0,8}}"
        rf"(?:, and| and|, or| or| /|/)(?: on| in| for)?(?: the)? ?(?:[\w’'-]+ ){{0,2}}?{sign}(?: \({sign}\))?"
    )
    for sign in (METRIC, DATASET, ARTEFACT)
}
# "we show that": who shows it need not be who has the result.
REPORTED = re.compile(
    r"\b(?:show\w*|find|found|demonstrat\w+|observ\w+|indicat\w+|reveal\w*|suggest\w*) that\b", re.IGNORECASE
)
# A name beside a dataset that is no known dataset: "BIRD and Spider".
_NAME = r"[A-Z][\w-]{0,30}"
BESIDE_DATASET = re.compile(
    rf"{DATASET}(?: [a-z]{{1,20}})?(?:,| and|, and| or) (?:the )?{_NAME}|{_NAME}(?:,| and|, and| or) (?:the )?{DATASET}"
    rf"|{ARTEFACT} and {DATASET}|{DATASET} and {ARTEFACT}"
)
LOWER_IS_BETTER = re.compile(
    r"\b(?:error|perplexity|distance|loss|latency|overhead|cost|time|memory|rmse|mse|mae|wer|cer|eer|divergence|regret"
    r"|hallucination|footprint|flops|consumption|edit|attack success|collision|toxicity|carbon|size|delay)\b",
    re.IGNORECASE,
)
