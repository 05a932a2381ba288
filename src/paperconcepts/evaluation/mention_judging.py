"""Verdicts on the mentions of one text."""

from collections.abc import Collection

from paperconcepts.evaluation.gold import PaperText
from paperconcepts.evaluation.judging import JudgedPaper, JudgedSpan, Verdict
from paperconcepts.evaluation.mention_matching import TypedSpan, match_overlaps

__all__ = ["judge_mentions"]


def judge_mentions(paper: PaperText, gold: Collection[TypedSpan], predicted: Collection[TypedSpan]) -> JudgedPaper:
    """Judge every mention: right, of the right type with other ends, of another type, missed or false.

    Examples:
        >>> paper = PaperText(id="d1", title=None, abstract="We tune BERT base.")
        >>> judged = judge_mentions(paper, [(8, 12, "Model")], [(8, 17, "Model")])
        >>> judged.gold[0].verdict, judged.errors
        (<Verdict.BOUNDARY: 'boundary'>, 1)
    """
    same = set(gold) & set(predicted)
    near = {found: span for found, span in match_overlaps(predicted, gold).items() if found not in same}
    rest_gold = set(gold) - same - set(near.values())
    rest_found = set(predicted) - same - set(near)
    crossed = _match_untyped(rest_found, rest_gold)
    text = paper.text

    def judge(span: TypedSpan, pairs: dict[TypedSpan, TypedSpan], side: str, otherwise: Verdict) -> JudgedSpan:
        start, end, kind = span
        other = pairs.get(span)
        if span in same:
            verdict, note = Verdict.RIGHT, ""
        elif other is None:
            verdict, note = otherwise, ""
        else:
            verdict = Verdict.BOUNDARY if other[2] == kind else Verdict.TYPE
            note = f"{side} {' '.join(text[other[0] : other[1]].split())} ({other[2]})"
        return JudgedSpan(start, end, kind, " ".join(text[start:end].split()), verdict, note)

    pairs = {**near, **crossed}
    backwards = {span: found for found, span in pairs.items()}
    judged_gold = [judge(span, backwards, "predicted", Verdict.MISSED) for span in gold]
    judged_found = [judge(span, pairs, "gold", Verdict.FALSE) for span in predicted]
    errors = sum(item.verdict.is_error for item in judged_gold)
    errors += sum(item.verdict is Verdict.FALSE for item in judged_found)
    return JudgedPaper(paper, _in_order(judged_gold), _in_order(judged_found), errors)


def _match_untyped(predicted: Collection[TypedSpan], gold: Collection[TypedSpan]) -> dict[TypedSpan, TypedSpan]:
    """Match spans that overlap whatever their types; of several types at one place the first counts."""
    types = {span[:2]: span for span in sorted(gold, reverse=True)}
    found = {span[:2]: span for span in sorted(predicted, reverse=True)}
    pairs = match_overlaps([(*place, "") for place in found], [(*place, "") for place in types])
    return {found[one[0], one[1]]: types[other[0], other[1]] for one, other in pairs.items()}


def _in_order(spans: list[JudgedSpan]) -> tuple[JudgedSpan, ...]:
    return tuple(sorted(spans, key=lambda item: (item.start, -item.end, item.type)))
