// What the reader wants to see, and what that leaves of the graph.

import { countPapers, type Concept, type Graph, type Paper } from "./data.js";

export type Colouring = "type" | "topic" | "year";

export interface Filters {
  types: Set<number>; roles: Set<number>; confidence: number; from: number; to: number; undated: boolean;
  support: number; topic: number; papers: boolean; links: boolean; relations: boolean; colouring: Colouring;
}

const MOST_AT_FIRST = 260;

// The page opens with the concepts of most papers: as many as can be read at once.
export function firstSupport(graph: Graph): number {
  const counts = graph.concepts.map((concept) => concept.total).sort((a, b) => b - a);
  const limit = counts[MOST_AT_FIRST];
  if (limit === undefined) return 1;
  return Math.min(limit + 1, Math.max(1, counts[0] ?? 1));
}

export function firstFilters(graph: Graph): Filters {
  return {
    types: new Set(graph.settings.types.keys()),
    roles: new Set(graph.settings.roles.keys()),
    confidence: 0,
    from: graph.years[0],
    to: graph.years[1],
    undated: true,
    support: firstSupport(graph),
    topic: -1,
    papers: false,
    links: true,
    relations: false,
    colouring: "type",
  };
}

export function applyFilters(graph: Graph, filters: Filters): void {
  for (const one of graph.assertions) {
    one.live = filters.roles.has(one.role) && one.confidence >= filters.confidence && inTime(one.paper, filters);
  }
  for (const concept of graph.concepts) concept.live = countPapers(concept.assertions, true);
  for (const paper of graph.papers) {
    paper.live = paper.assertions.reduce((sum, one) => sum + Number(one.live && isWanted(one.concept, filters)), 0);
  }
}

export function inTime(paper: Paper, filters: Filters): boolean {
  return paper.year > 0 ? paper.year >= filters.from && paper.year <= filters.to : filters.undated;
}

// Whether a concept is of a wanted type and topic, however few papers it has.
export function isWanted(concept: Concept, filters: Filters): boolean {
  return filters.types.has(concept.type) && (filters.topic < 0 || concept.topic === filters.topic);
}

export function isShown(concept: Concept, filters: Filters): boolean {
  return isWanted(concept, filters) && concept.live >= filters.support;
}

export function shownConcepts(graph: Graph, filters: Filters): Concept[] {
  return graph.concepts.filter((concept) => isShown(concept, filters));
}

export function shownPapers(graph: Graph): Paper[] {
  return graph.papers.filter((paper) => paper.live > 0);
}
