// Search by any name, with the nearest names for one that is not there.

import type { Concept, Graph, Paper } from "./data.js";

interface Entry { item: Concept | Paper; name: string; folded: string; own: boolean }
export interface Hit { item: Concept | Paper; via: string; guessed: boolean }

const MOST_HITS = 10;

export class SearchIndex {
  private readonly entries: Entry[] = [];

  constructor(graph: Graph) {
    for (const item of graph.concepts) this.add(item, [item.label, ...item.aliases.map((alias) => alias.text)]);
    for (const item of graph.papers) this.add(item, [item.label, item.id]);
  }

  find(text: string): Hit[] {
    const wanted = fold(text.trim());
    if (!wanted) return [];
    const hits = this.containing(wanted);
    return hits.length ? hits : this.near(wanted);
  }

  private add(item: Concept | Paper, names: string[]): void {
    names.forEach((name, number) => this.entries.push({ item, name, folded: fold(name), own: number === 0 }));
  }

  private containing(wanted: string): Hit[] {
    const best = new Map<Concept | Paper, { entry: Entry; rank: number }>();
    for (const entry of this.entries) {
      const at = entry.folded.indexOf(wanted);
      if (at < 0) continue;
      const startsWord = at === 0 || !/[\p{L}\p{N}]/u.test(entry.folded[at - 1] ?? "");
      const whole = entry.folded.length === wanted.length;
      const rank = (whole ? 0 : at === 0 ? 1 : startsWord ? 2 : 3) + (entry.item.kind === "paper" ? 0.5 : 0);
      const earlier = best.get(entry.item);
      if (!earlier || rank < earlier.rank) best.set(entry.item, { entry, rank });
    }
    const found = [...best.values()].sort((a, b) => a.rank - b.rank || weight(b.entry) - weight(a.entry) || a.entry.item.index - b.entry.item.index);
    return found.slice(0, MOST_HITS).map(({ entry }) => toHit(entry, false));
  }

  private near(wanted: string): Hit[] {
    const limit = wanted.length < 5 ? 1 : wanted.length < 9 ? 2 : 3;
    const best = new Map<Concept | Paper, { entry: Entry; distance: number }>();
    for (const entry of this.entries) {
      if (entry.item.kind === "paper" || Math.abs(entry.folded.length - wanted.length) > limit) continue;
      const distance = editDistance(wanted, entry.folded, limit);
      const earlier = best.get(entry.item);
      if (distance <= limit && (!earlier || distance < earlier.distance)) best.set(entry.item, { entry, distance });
    }
    const found = [...best.values()].sort((a, b) => a.distance - b.distance || weight(b.entry) - weight(a.entry) || a.entry.item.index - b.entry.item.index);
    return found.slice(0, 5).map(({ entry }) => toHit(entry, true));
  }
}

function toHit(entry: Entry, guessed: boolean): Hit {
  return { item: entry.item, via: entry.own ? "" : entry.name, guessed };
}

function weight(entry: Entry): number {
  return entry.item.kind === "concept" ? entry.item.total : 0;
}

export function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

// Insertions, deletions, changes and swaps of neighbours; a number above `limit` once it must be above.
export function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + changed);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    if (Math.min(...next) > limit) return limit + 1;
    [before, row] = [row, next];
  }
  return row[b.length]!;
}
