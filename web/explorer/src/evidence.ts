// Sentences with what was found in them.

import type { Evidence } from "./data.js";
import { make, say, textOf, type Child } from "./dom.js";

interface Part { from: number; to: number }

// text[start..end] as nodes, each part of it wrapped; parts that overlap an earlier one are left plain.
export function pieces<T extends Part>(text: string, start: number, end: number, parts: readonly T[], wrap: (part: T, piece: string) => Node): Child[] {
  const result: Child[] = [];
  let at = start;
  for (const part of [...parts].sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (part.from < at || part.to > end || part.to <= part.from) continue;
    result.push(text.slice(at, part.from), wrap(part, text.slice(part.from, part.to)));
    at = part.to;
  }
  result.push(text.slice(at, end));
  return result;
}

// The sentence of a piece of evidence: its concepts marked, its cue underlined, and how it was read.
export function quote(evidence: Evidence, colour = ""): HTMLElement {
  const { text, start, end, cueStart, cueEnd, spans } = evidence;
  const parts = spans.map(([from, to]) => ({ from, to, isCue: false }));
  if (cueStart >= 0) parts.push({ from: cueStart, to: cueEnd, isCue: true });
  const sentence = make("p", "", ...pieces(text, start, end, parts, (part, piece) => {
    const element = textOf(part.isCue ? "span" : "mark", piece, part.isCue ? "cue" : "");
    if (part.isCue) element.title = "the words that tell the role";
    else if (colour) element.style.borderBottomColor = colour;
    return element;
  }));
  sentence.dir = "auto";
  const how = [evidence.status === "asserted" ? "" : evidence.status, `rule ${say(evidence.rule)}`, `confidence ${evidence.confidence.toFixed(2)}`];
  const note = textOf("footer", how.filter(Boolean).join(" · "));
  return make("blockquote", evidence.status === "asserted" ? "" : "doubted", sentence, note);
}

// The best sentence, and the others behind a fold.
export function quotes(all: readonly Evidence[], colour = ""): Child {
  const [first, ...others] = all;
  if (!first) return null;
  if (!others.length) return quote(first, colour);
  const fold = make("details", "others", textOf("summary", `${others.length} more`), ...others.map((one) => quote(one, colour)));
  return make("div", "", quote(first, colour), fold);
}
