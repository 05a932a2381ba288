// The graph of the page. Titles and edges are read at once; abstracts and evidence when they are first asked for.

export interface Alias { text: string; reason: string; paper: Paper | null }

export interface Concept {
  kind: "concept"; index: number; id: string; label: string; type: number; date: string; x: number; y: number;
  topic: number; definition: string; aliases: Alias[]; assertions: Assertion[]; relations: Relation[];
  total: number; // papers of the concept
  live: number; // papers of the concept that the filters leave
}

export interface Paper {
  kind: "paper"; index: number; id: string; label: string; title: string; date: string; year: number; url: string;
  x: number; y: number; assertions: Assertion[]; live: number;
}

export interface Topic { kind: "topic"; index: number; label: string; leaders: Concept[]; x: number; y: number }

export type Item = Concept | Paper | Topic;

export interface Assertion {
  index: number; paper: Paper; concept: Concept; role: number; confidence: number; live: boolean;
}

export interface Relation {
  index: number; subject: Concept; object: Concept; predicate: number; confidence: number;
}

export interface Link { one: Concept; other: Concept; papers: number }

export interface Settings {
  types: string[]; colours: string[]; roles: string[]; predicates: string[]; statuses: string[];
  reasons: string[]; rules: string[]; topics: number[][];
}

export interface Evidence {
  paper: Paper; text: string; start: number; end: number; cueStart: number; cueEnd: number;
  rule: string; confidence: number; status: string; spans: [number, number][];
}

export interface PaperText { abstract: string; authors: string[]; authorCount: number; venue: string; code: string[] }

type PaperRow = [string, string, string, string, string, number, number];
type ConceptRow = [string, string, number, string, number, number, number, string, [string, number, number][]];
interface GraphBlock {
  settings: Settings; papers: PaperRow[]; concepts: ConceptRow[];
  assertions: [number, number, number, number][]; relations: [number, number, number, number][];
  links: [number, number, number][];
}
interface EvidenceBlock { assertions: [number[][], number[]][]; relations: number[][][] }

function readBlock<T>(id: string): T {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null") as T;
}

export class Graph {
  readonly settings: Settings;
  readonly papers: Paper[];
  readonly concepts: Concept[];
  readonly topics: Topic[];
  readonly assertions: Assertion[] = [];
  readonly relations: Relation[] = [];
  readonly links: Link[];
  readonly years: [number, number];
  readonly box: { x: [number, number]; y: [number, number] };
  private readonly byId = new Map<string, Paper | Concept>();
  private textRows: PaperText[] | null = null;
  private evidenceRows: EvidenceBlock | null = null;

  constructor() {
    const block = readBlock<GraphBlock>("graph");
    this.settings = block.settings;
    this.papers = block.papers.map(([id, title, label, date, url, x, y], index) => ({
      kind: "paper", index, id, title, label: label || title, date, year: Number(date.slice(0, 4)), url, x, y: -y,
      assertions: [], live: 0,
    }));
    this.concepts = block.concepts.map(([id, label, type, date, x, y, topic, definition, aliases], index) => ({
      kind: "concept", index, id, label, type, date, x, y: -y, topic, definition,
      aliases: aliases.map(([text, reason, paper]) => ({
        text, reason: this.settings.reasons[reason] ?? "", paper: this.papers[paper] ?? null,
      })),
      assertions: [], relations: [], total: 0, live: 0,
    }));
    block.assertions.forEach(([paper, concept, role, confidence], index) => this.addAssertion(index, paper, concept, role, confidence));
    block.relations.forEach(([subject, object, predicate, confidence], index) => this.addRelation(index, subject, object, predicate, confidence));
    this.links = block.links.map(([one, other, papers]) => ({ one: this.concepts[one]!, other: this.concepts[other]!, papers }));
    for (const item of [...this.papers, ...this.concepts]) this.byId.set(item.id, item);
    for (const concept of this.concepts) concept.total = countPapers(concept.assertions);
    this.topics = this.settings.topics.map((leaders, index) => this.makeTopic(index, leaders));
    const years = this.papers.map((paper) => paper.year).filter((year) => year > 0);
    this.box = boxOf([...this.papers, ...this.concepts]);
    this.years = [years.reduce((a, b) => Math.min(a, b), 9999), years.reduce((a, b) => Math.max(a, b), 0)];
  }

  find(id: string): Paper | Concept | null {
    return this.byId.get(id) ?? null;
  }

  textOf(paper: Paper): PaperText {
    this.textRows ??= readBlock<[string, string[], number, string, string[]][]>("texts").map(
      ([abstract, authors, authorCount, venue, code]) => ({ abstract, authors, authorCount, venue, code }),
    );
    return this.textRows[paper.index]!;
  }

  evidenceFor(edge: Assertion | Relation): Evidence[] {
    const block = this.readEvidence();
    const rows = "paper" in edge ? block.assertions[edge.index]?.[0] : block.relations[edge.index];
    return (rows ?? []).map((row) => this.makeEvidence(row));
  }

  // Where a concept stands in the abstract of a paper.
  mentionsOf(assertion: Assertion): [number, number][] {
    const flat = this.readEvidence().assertions[assertion.index]?.[1] ?? [];
    const places: [number, number][] = [];
    for (let at = 0; at < flat.length; at += 3) if (flat[at] === 1) places.push([flat[at + 1]!, flat[at + 2]!]);
    return places;
  }

  private readEvidence(): EvidenceBlock {
    this.evidenceRows ??= readBlock<EvidenceBlock>("evidence");
    return this.evidenceRows;
  }

  private makeEvidence(row: number[]): Evidence {
    const [paperIndex, field, start, end, cueStart, cueEnd, rule, confidence, status, ...flat] = row as
      [number, number, number, number, number, number, number, number, number, ...number[]];
    const paper = this.papers[paperIndex]!;
    const spans: [number, number][] = [];
    for (let at = 0; at < flat.length; at += 2) spans.push([flat[at]!, flat[at + 1]!]);
    const text = field === 0 ? paper.title : this.textOf(paper).abstract;
    return {
      paper, text, start, end, cueStart, cueEnd, rule: this.settings.rules[rule] ?? "", confidence: confidence / 1000,
      status: this.settings.statuses[status] ?? "", spans,
    };
  }

  private addAssertion(index: number, paper: number, concept: number, role: number, confidence: number): void {
    const edge = { index, paper: this.papers[paper]!, concept: this.concepts[concept]!, role, confidence, live: true };
    this.assertions.push(edge);
    edge.paper.assertions.push(edge);
    edge.concept.assertions.push(edge);
  }

  private addRelation(index: number, subject: number, object: number, predicate: number, confidence: number): void {
    const edge = { index, subject: this.concepts[subject]!, object: this.concepts[object]!, predicate, confidence };
    this.relations.push(edge);
    edge.subject.relations.push(edge);
    if (subject !== object) edge.object.relations.push(edge);
  }

  private makeTopic(index: number, leaders: number[]): Topic {
    const known = leaders.map((number) => this.concepts[number]!);
    const [x, y] = [mean(known.map((one) => one.x)), mean(known.map((one) => one.y))];
    return { kind: "topic", index, label: known.map((one) => one.label).join(", "), leaders: known, x, y };
  }
}

// The number of different papers; the assertions of a concept come paper by paper.
export function countPapers(assertions: readonly Assertion[], onlyLive = false): number {
  let count = 0;
  let last: Paper | null = null;
  for (const one of assertions) {
    if (one.paper === last || (onlyLive && !one.live)) continue;
    last = one.paper;
    count += 1;
  }
  return count;
}

function mean(values: number[]): number {
  return values.length ? values.reduce((a, b) => a + b, 0) / values.length : 0;
}

function boxOf(items: readonly { x: number; y: number }[]): { x: [number, number]; y: [number, number] } {
  const box: { x: [number, number]; y: [number, number] } = { x: [-1, 1], y: [-1, 1] };
  for (const { x, y } of items) {
    box.x = [Math.min(box.x[0], x), Math.max(box.x[1], x)];
    box.y = [Math.min(box.y[0], y), Math.max(box.y[1], y)];
  }
  return box;
}
