"""The lexicon of negation, hedging and plans: which words say so, which only look so, and what they speak of.

Phrases are matched word by word, not by regular expressions: gaps between words make no difference, and the time is
linear. The kinds follow NegEx (Chapman et al., J. Biomed. Inform. 34:301, 2001) and ConText (Harkema et al., J. Biomed.
Inform. 42:839, 2009): triggers before and behind what they speak of, phrases that only look like triggers, and words
that end a scope. All entries are our own.
"""

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum

from paperconcepts.model import Status

__all__ = ["CLAUSE_ENDS", "FINITE_VERBS", "LEAVES_OPEN", "RESULT_VERBS", "Reach", "Trigger", "triggers_at"]


class Reach(Enum):
    """What a trigger speaks of."""

    NONE = "nothing: it only looks like a trigger"
    CLAUSE = "the rest of its clause"
    PHRASE = "the noun phrase that follows"
    SENTENCE = "the rest of the sentence up to a turn"
    BEFORE = "the clause in front of it, and itself"
    AROUND = "its whole clause"
    INSIDE = "the words that it embraces"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A phrase, what it says, and what it says that of.

    A slot is a set of words; one that ends in ``?`` may be missing, ``*ly`` is any word that ends so, and ``…`` stands
    for up to twelve words. ``contrast`` marks phrases that compare at the same time ("unlike X").
    """

    slots: tuple[tuple[frozenset[str], bool], ...]
    status: Status
    reach: Reach
    contrast: bool = False

    def end(self, words: tuple[str, ...], start: int) -> int:
        """Where the phrase ends if it begins with the word ``start``; -1 if it does not."""
        return _end(self.slots, words, start)


def _end(slots: tuple[tuple[frozenset[str], bool], ...], words: tuple[str, ...], place: int) -> int:
    for number, (options, optional) in enumerate(slots):
        if "…" in options:
            rest = slots[number + 1 :]
            ends = (_end(rest, words, begin) for begin in range(place, min(place + 13, len(words))))
            return next((end for end in ends if end >= 0), -1)
        if place < len(words) and _fits(words[place], options):
            place += 1
        elif not optional:
            return -1
    return place


def _fits(word: str, options: frozenset[str]) -> bool:
    return word in options or ("*ly" in options and word.endswith("ly"))


def _phrases(status: Status, reach: Reach, lines: str, *, contrast: bool = False) -> list[Trigger]:
    return [
        Trigger(tuple(_slot(word) for word in line.split()), status, reach, contrast)
        for line in lines.strip().splitlines()
    ]


def _slot(word: str) -> tuple[frozenset[str], bool]:
    return frozenset(word.removesuffix("?").split("|")), word.endswith("?")


_NEGATED = """
not *ly?
never
nor
neither
none of
no longer
nothing
hardly|scarcely
fail|fails|failed|failing|failure|failures to
unable|inability to
incapable of
refrain|refrains|refraining from
far from
by no means
"""
_WITHOUT = """
without
no
lack|lacks|lacked|lacking of?
absence of
devoid of
eliminate|eliminates|eliminated|eliminating|elimination of? the|any|all? need|needs|requirement|requirements|\
necessity|use|usage|reliance|dependence|dependency|dependencies for|of|on|to
remove|removes|removed|removing the|any|all? need|needs|requirement|requirements|necessity|reliance|dependence|\
dependency for|of|on|to
obviate|obviates|obviating the|any? need|needs|necessity? for|of|to?
alleviate|alleviates|alleviating|reduce|reduces|reducing the need for
avoid|avoids|avoided|avoiding
bypass|bypasses|bypassing
circumvent|circumvents|circumventing
sidestep|sidesteps|sidestepping
forgo|forgoes|forgoing|forego|foregoes|foregoing
dispense|dispenses|dispensing with
do|does|doing away with
get|gets|getting rid of
free of|from
"""
_CONTRASTS = """
rather than
instead of
in place|lieu of
as opposed to
unlike
in contrast to|with
contrary to
"""
_LOOKS_SO = """
not only|just|merely|solely|simply|least|surprisingly|unlike|unexpectedly|exclusively
not to mention
not limited to
not until
not without
not uncommon|unusual
not a|any? less|fewer|worse|lower
no|not less|fewer|later|worse|lower
no more than
no doubt|wonder|surprise|matter|exception
nothing but|less
not be overstated|overestimated|overemphasized|overemphasised|underestimated|denied|ignored|overlooked|neglected
not but|help
without loss of generality
without a|any? doubt|question|exception
without any? significant|significantly|noticeable|noticeably|substantial|substantially|major|much|notable|\
obvious|apparent|measurable|materially? sacrificing|compromising|degrading|hurting|harming|losing|affecting|\
impairing|impacting|altering|reducing|increasing|deteriorating|decreasing|diminishing|sacrifice|compromise|\
degradation|loss|losses|drop|drops|decrease|reduction|increase|impact|changes|change|damage
more often than not
whether or not
to|in|for better|also|*ly? accelerate|advance|aid|allow|assist|boost|catalyse|catalyze|drive|ease|enable|enabling|\
encourage|encouraging|facilitate|facilitating|foster|fostering|further|guide|guiding|help|inform|informing|inspire|\
inspiring|motivate|promote|promoting|spark|spur|stimulate|support|supporting for? our|the|any|all|more? *ly? \
future|further work|works|research|studies|study|efforts|development|developments|investigation|exploration|progress
if not
never before
hardly surprising
not|never *ly? fail|fails|failed|failing to
no .
as may|might be expected
will|would show|demonstrate|see|present|describe|discuss|outline|argue|explain
may|might as well
more|less|most|equally|as likely
if and only if
as if
it is|was also? possible|conceivable to
in theory of|and|building
"""
_HEDGED = """
may|might|could|would|perhaps|possibly|potentially|presumably|conceivably|probably|likely|unlikely|hopefully|\
ideally|arguably
potential|potentials to|for
seem|seems|seemed|appear|appears|appeared to
believed|thought|assumed|expected|hypothesized|hypothesised|conjectured|suspected|anticipated|supposed to
promise|promises|hope|hopes|hoped to
will
if
whether
"""
_HEDGED_SENTENCES = """
suggest|suggests|suggested|suggesting that
we also? *ly? hypothesize|hypothesise|hypothesized|hypothesised|conjecture|conjectured|speculate|speculated|\
postulate|believe|expect|anticipate|envision|suspect|presume|assume|hope that?
hypothesizing|hypothesising|conjecturing|speculating|believing|expecting that
hypothesis|hypotheses|conjecture|assumption|possibility|belief|speculation that
it is|was|seems|may|might be? also? possible|conceivable|plausible|likely|unclear|unknown
it|there? remains|remain|remained to be *ed? seen? whether?
remains|remain unclear|unknown|uncertain|open whether|if|how
in principle|theory|future
in our|the? future work|works|research|studies|study|versions|iterations
future work|works|research|studies|study|directions|efforts|experiments|extensions
ongoing|further work|research
as future|further work
we also? plan|intend|hope|wish to
planned|plan|plans|intend|intends|intended to
yet to be
"""
_HEDGED_BEFORE = """
remains|remain|remained to be seen|determined|shown|tested|verified|validated|explored|evaluated|investigated|\
studied|addressed|examined|proven|confirmed|established|done|understood
remains|remain|remained an? largely|relatively|mostly|still? open|unclear|unknown|uncertain|unexplored|\
underexplored|under-explored|unstudied|understudied|under-studied|unresolved|unproven|untested|unaddressed|\
speculative
is|are|was|were left for|to|as our? future|further
is|are|was|were also? possible|conceivable|plausible|uncertain|speculative
"""
_HEDGED_INSIDE = """
leave|leaves|leaving|left … for|to|as our? future|further
defer|defers|deferring … to|for future|further
"""
_HEDGED_AROUND = """
is|are|was|were|has|have yet to be
"""
_NEGATED_AROUND = """
is|are|was|were|be|been|being not|never|neither yet? *ly? needed|used|required|necessary|applied|applicable|\
employed|considered|evaluated|tested|included|adopted|supported|available|studied|explored|compared|involved|\
utilized|utilised|leveraged|exploited|significant|observed|found|possible|feasible|assumed|allowed|trained
is|are|was|were|be|been|being no longer needed|used|required|necessary|applied|applicable|available|possible
has|have not|never|rarely yet? been *ly? explored|studied|evaluated|tested|applied|used|investigated|considered|\
examined|addressed|shown|compared|attempted
does|do|did not *ly? hold
can|could? not *ly? be *ly? used|applied|employed|evaluated|trained|adopted|leveraged|deployed
"""
_NEGATED_BEFORE = """
is|are|was|were|be|been|being made? *ly? unnecessary|unneeded|redundant|superfluous|avoided|eliminated|obviated|\
omitted|discarded|excluded|bypassed|circumvented|unavailable|absent|lacking|missing|infeasible|impossible|\
inapplicable
"""

_TRIGGERS = [
    *_phrases(Status.ASSERTED, Reach.NONE, _LOOKS_SO),
    *_phrases(Status.NEGATED, Reach.CLAUSE, _NEGATED),
    *_phrases(Status.NEGATED, Reach.PHRASE, _WITHOUT),
    *_phrases(Status.NEGATED, Reach.PHRASE, _CONTRASTS, contrast=True),
    *_phrases(Status.NEGATED, Reach.BEFORE, _NEGATED_BEFORE),
    *_phrases(Status.NEGATED, Reach.AROUND, _NEGATED_AROUND),
    *_phrases(Status.HEDGED, Reach.AROUND, _HEDGED_AROUND),
    *_phrases(Status.HEDGED, Reach.CLAUSE, _HEDGED),
    *_phrases(Status.HEDGED, Reach.SENTENCE, _HEDGED_SENTENCES),
    *_phrases(Status.HEDGED, Reach.BEFORE, _HEDGED_BEFORE),
    *_phrases(Status.HEDGED, Reach.INSIDE, _HEDGED_INSIDE),
]
_BY_FIRST_WORD: dict[str, list[Trigger]] = defaultdict(list)
for _trigger in _TRIGGERS:
    for _options, _optional in _trigger.slots:
        for _word in _options:
            _BY_FIRST_WORD[_word].append(_trigger)
        if not _optional:
            break


def triggers_at(words: tuple[str, ...], start: int) -> list[tuple[Trigger, int]]:
    """The triggers whose phrase begins with the word ``start``, with the end of each: the longest phrases.

    Examples:
        >>> [(trigger.reach.name, end) for trigger, end in triggers_at(("not", "only", "faster"), 0)]
        [('NONE', 2)]
    """
    begun = _BY_FIRST_WORD.get(words[start])
    if begun is None:
        return []
    found = [(trigger, trigger.end(words, start)) for trigger in begun]
    longest = max(end for _, end in found)
    found = [(trigger, end) for trigger, end in found if end == longest and end > start]
    return [item for item in found if item[0].reach is Reach.NONE] or found


# A clause ends in front of these words.
CLAUSE_ENDS = frozenset(
    "but however although though while whereas except therefore thus hence thereby instead nevertheless nonetheless "
    "; : ! ? - – — because since despite".split()
)
# A finite verb ends the noun phrase of "without X", "unlike X".
FINITE_VERBS = frozenset(
    "is are was were has have had can cannot could may might will would should must do does did remains remain "
    "performs perform requires require gives give shows show leads lead helps help results makes make allows allow "
    "enables enable provides provide using via through by while".split()
)
# "and improves", "to improve", ", improving": what follows is a claim of its own.
RESULT_VERBS = frozenset(
    f"{stem}{ending}"
    for stem, endings in (
        ("achiev", "e es ed ing"), ("improv", "e es ed ing"), ("outperform", "- s ed ing"), ("surpass", "- es ed ing"),
        ("reduc", "e es ed ing"), ("yield", "- s ed ing"), ("reach", "- es ed ing"), ("obtain", "- s ed ing"),
        ("attain", "- s ed ing"), ("boost", "- s ed ing"), ("increas", "e es ed ing"), ("enhanc", "e es ed ing"),
        ("enabl", "e es ed ing"), ("allow", "- s ed ing"), ("generat", "e es ed ing"), ("learn", "- s ed ing"),
        ("us", "e es ed ing"), ("train", "- s ed ing"), ("perform", "- s ed ing"), ("match", "- es ed ing"),
        ("exceed", "- s ed ing"), ("deliver", "- s ed ing"), ("produc", "e es ed ing"), ("provid", "e es ed ing"),
        ("show", "- s ed ing"), ("demonstrat", "e es ed ing"), ("solv", "e es ed ing"), ("address", "- es ed ing"),
        ("propos", "e es ed ing"), ("introduc", "e es ed ing"), ("present", "- s ed ing"), ("appl", "y ies ied ying"),
        ("adapt", "- s ed ing"), ("leverag", "e es ed ing"), ("employ", "- s ed ing"), ("mak", "e es ing"),
        ("lead", "- s ing"), ("result", "- s ed ing"), ("gain", "- s ed ing"), ("sav", "e es ed ing"),
        ("speed", "- s ing"), ("accelerat", "e es ed ing"), ("support", "- s ed ing"), ("evaluat", "e es ed ing"),
        ("integrat", "e es ed ing"), ("combin", "e es ed ing"), ("extend", "- s ed ing"), ("build", "- s ing"),
    )
    for ending in endings.replace("-", "").split(" ")
)  # fmt: skip
# "without access to X", "without training on X": the preposition does not end the phrase.
LEAVES_OPEN = (
    "need", "needs", "requirement", "access", "relying", "reliance", "depending", "dependence", "dependency",
    "training", "trained", "tuning", "fine-tuning", "finetuning", "pretraining", "pre-training", "resorting",
    "recourse", "resort", "based", "conditioning", "knowledge", "use", "usage", "help", "aid", "learning",
    "supervision", "rely", "depend", "calls", "exposure", "references", "reference", "attention", "attending",
    "information", "specific", "applied", "evaluating", "evaluated", "focusing", "testing", "working",
)  # fmt: skip
