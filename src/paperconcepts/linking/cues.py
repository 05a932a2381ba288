"""The cue lexicon of roles: which words say what a paper does with a concept. All entries are our own."""

import re
from dataclasses import dataclass

from paperconcepts.model import Role

__all__ = ["AFTER_CUES", "APPOSITION", "BEFORE_CUES", "COMPARISON", "STUDY_TITLE", "Cue"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern near a mention. ``reach`` is how many characters may lie between cue and mention."""

    id: str
    role: Role
    pattern: re.Pattern[str]
    reach: int
    confidence: float


def _cue(identifier: str, role: Role, pattern: str, reach: int, confidence: float) -> Cue:
    return Cue(identifier, role, re.compile(pattern, re.IGNORECASE), reach, confidence)


COMPARISON = _cue("compare-outperform", Role.COMPARES,

             r"\b(?:outperform\w*|surpass\w*|exceed\w*|beat(?:s|ing)?|superior to|competitive with"
             r"|comparable (?:to|with)|on par with"

             r"|compared (?:to|with)|in comparison (?:to|with)|relative to|better than|faster than"
             r"|(?:lower|higher|larger|smaller|more|less|fewer)\b[^.,;]{0,30}\bthan"

             r"|than|rival(?:s|ing)?|match(?:es|ing)? the performance of|unlike|versus|vs\.?"
             r"|as opposed to|in contrast to|instead of|over (?:the )?(?:strong )?baselines?"
             r"|baselines?(?: such as| like| including)?)\b", 70, 0.75)  # fmt: skip

BEFORE_CUES: tuple[Cue, ...] = (
    COMPARISON,
    _cue("evaluate-on", Role.EVALUATES_ON,

             r"\b(?:evaluat\w+|experiment\w*|test(?:s|ed|ing)?|benchmark\w*|results?|performance"
             r"|trained|fine-?tuned|validat\w+|accuracy|score[sd]?)\b[^.;]{0,80}?\b(?:on|across|over"
             r"|using|in)\b", 140, 0.8),
    _cue("use-verb", Role.USES,

             r"\b(?:us(?:e|es|ed|ing)|utili[sz]\w+|leverag\w+|employ\w*|adopt\w*|appl(?:y|ies|ied|ying)"
             r"|exploit\w*|harness\w*|integrat(?:e|es|ed|ing)|incorporat\w+|combin(?:e|es|ed|ing)"

             r"|build(?:s|ing)? (?:up)?on|built (?:up)?on|based (?:up)?on|inspired by|fine-?tun\w+"

                 r"|pre-?train\w+|train\w*|extend(?:s|ed|ing)?|adapt(?:s|ed|ing)?|augment(?:s|ed|ing)?"
                 r"|equip\w*|initiali[sz](?:e|es|ed|ing)|via"
             r"|through|with|by means of|powered by|on top of|from)\b", 50, 0.7),
    _cue("study-verb", Role.STUDIES,

             r"\b(?:(?:systematic(?:ally)? |comprehensive(?:ly)? )?(?:review|survey)(?:s|ed|ing)?"
             r"|investigat\w+|analy[sz]\w+|examin\w+|stud(?:y|ies|ied|ying)|explor\w+|understand\w*"
             r"|assess\w*|prob(?:e|es|ed|ing))\b", 60, 0.55),
)  # fmt: skip

APPOSITION = _cue(
    "introduce-apposition",
    Role.INTRODUCES,
    r"\s*(?:\([^()]{1,40}\)\s*)?(?:[,—–:]\s*)?(?:is )?(?:a|an|our"
    r"|the first)\s+(?:\w+[- ]){0,2}?(?:novel|new|simple|first|large-scale|unified|lightweight"
    r"|efficient|comprehensive)\b",
    0,
    0.75,
)

AFTER_CUES: tuple[Cue, ...] = (
    _cue("compare-baseline", Role.COMPARES, r"[\w\s-]{0,12}\bbaselines?\b", 0, 0.7),
    _cue("use-based", Role.USES, r"-(?:based|powered|guided|driven|style)\b", 0, 0.6),
)  # fmt: skip

STUDY_TITLE = re.compile(
    r"\b(?:survey|review|overview|tutorial|roadmap|perspectives?|position paper|state of the art|taxonomy|primer"
    r"|empirical study|case study|analy[sz]ing|analysis|understanding|investigating|evaluating"
    r"|assessing|on the (?:role|effect|impact))\b",
    re.IGNORECASE,
)
