// The nodes and lines on the map at one moment.

import type { Concept, Graph, Item, Paper, Topic } from "./data.js";
import { isShown, shownConcepts, shownPapers, type Filters } from "./filters.js";
import { colourOf, mix, type Theme } from "./theme.js";

export interface SceneNode {
  key: string; item: Item; x: number; y: number; radius: number; colour: string; label: string;
}

export interface SceneEdge { key: string; one: SceneNode; other: SceneNode; width: number; colour: string }

export interface Box { x: [number, number]; y: [number, number] }

export const EMPTY_SCENE: Scene = { nodes: [], edges: [], byKey: new Map(), collapsed: 0, box: { x: [-1, 1], y: [-1, 1] } };

export interface Scene {
  nodes: SceneNode[]; // the most important first
  edges: SceneEdge[];
  byKey: Map<string, SceneNode>;
  collapsed: number; // concepts that are drawn as their topic only
  box: Box; // of all there is, so that the map stays where it is when filters change
}

// How the map fits its window: the size of discs, and height by width.
export interface Shape { unit: number; stretch: number }

// On a phone discs are smaller and the map is tall.
export function shapeOf({ clientWidth: width, clientHeight: height }: HTMLElement): Shape {
  return {
    unit: Math.max(0.6, Math.min(1, Math.sqrt(width / 720))),
    stretch: Math.max(0.75, Math.min(1.8, height / Math.max(width, 1))),
  };
}

// More nodes than this are drawn as topics: nobody can read them, and slow machines cannot move them.
export const MOST_NODES = 5000;
const KEPT_OF_COLLAPSED = 150;
const MOST_AT_FULL_SIZE = 700;
const MOST_GUESTS = 60;

export function keyOf(item: Item): string {
  return `${item.kind[0]}${item.index}`;
}

export function buildScene(graph: Graph, filters: Filters, theme: Theme, selected: Item | null, shape: Shape): Scene {
  const builder = new SceneBuilder(graph, filters, theme, shape);
  const ranked = shownConcepts(graph, filters).sort((a, b) => b.live - a.live || a.index - b.index);
  const papers = filters.papers ? shownPapers(graph) : [];
  // Of many nodes each is smaller, and of many lines each is fainter.
  builder.density = Math.min(1, Math.sqrt(MOST_AT_FULL_SIZE / (ranked.length + papers.length || 1)));
  if (ranked.length + papers.length > MOST_NODES) {
    builder.density = 1;
    builder.addCollapsed(ranked);
  }
  else {
    for (const concept of ranked) builder.addConcept(concept);
    for (const paper of papers) builder.addPaper(paper);
  }
  builder.addGuests(selected);
  if (filters.links) builder.addLinks();
  if (filters.relations) builder.addRelations();
  if (filters.papers) builder.addAssertions(papers);
  return builder.scene;
}

class SceneBuilder {
  density = 1;
  readonly scene: Scene;

  constructor(private readonly graph: Graph, private readonly filters: Filters, private readonly theme: Theme, private readonly shape: Shape) {
    const { x, y } = graph.box;
    const box: Box = { x, y: [y[0] * shape.stretch, y[1] * shape.stretch] };
    this.scene = { nodes: [], edges: [], byKey: new Map(), collapsed: 0, box };
  }

  addConcept(concept: Concept): void {
    this.add(concept, concept.label, conceptRadius(Math.max(concept.live, 1)));
  }

  addPaper(paper: Paper): void {
    this.add(paper, paper.label, 2.6);
  }

  // The concepts of most papers stay; the others stand as one disc for each topic.
  addCollapsed(ranked: Concept[]): void {
    const hidden = new Map<number, Concept[]>();
    ranked.forEach((concept, place) => {
      if (place < KEPT_OF_COLLAPSED || concept.topic < 0) {
        if (place < MOST_NODES / 2) this.addConcept(concept);
        else this.scene.collapsed += 1;
      } else {
        const members = hidden.get(concept.topic) ?? [];
        members.push(concept);
        hidden.set(concept.topic, members);
        this.scene.collapsed += 1;
      }
    });
    for (const [topic, members] of [...hidden].sort((a, b) => a[0] - b[0])) this.addTopic(this.graph.topics[topic], members);
  }

  // What the selection shows although filters do not: the node itself, the concepts of a paper, the papers of a concept.
  addGuests(selected: Item | null): void {
    if (!selected || selected.kind === "topic") return;
    if (selected.kind === "concept") {
      this.addConcept(selected);
      const live = selected.assertions.filter((one) => one.live);
      if (live.length <= MOST_GUESTS) for (const one of live) this.addPaper(one.paper);
    } else {
      this.addPaper(selected);
      for (const one of selected.assertions) if (one.live) this.addConcept(one.concept);
    }
  }

  addLinks(): void {
    for (const link of this.graph.links) {
      // By cosine: with a concept of most papers everything shares many.
      const strength = link.papers / Math.sqrt(link.one.total * link.other.total);
      this.connect(link.one, link.other, 0.6 + 2.2 * strength, 0.1 + 0.42 * Math.min(1, 1.4 * strength));
    }
  }

  addRelations(): void {
    for (const relation of this.graph.relations) {
      if (isShown(relation.subject, this.filters) && isShown(relation.object, this.filters)) {
        this.connect(relation.subject, relation.object, 0.8, 0.3);
      }
    }
  }

  addAssertions(papers: Paper[]): void {
    for (const paper of papers) for (const one of paper.assertions) if (one.live) this.connect(paper, one.concept, 0.5, 0.09);
  }

  private addTopic(topic: Topic | undefined, members: Concept[]): void {
    if (!topic) return;
    const label = `${topic.leaders[0]?.label ?? "topic"}: ${members.length.toLocaleString("en")} more`;
    this.add(topic, label, Math.min(46, 8 + Math.sqrt(members.length)));
  }

  private add(item: Item, label: string, radius: number): void {
    const key = keyOf(item);
    if (this.scene.byKey.has(key)) return;
    const colour = colourOf(item, this.graph, this.filters, this.theme);
    const node = { key, item, x: item.x, y: item.y * this.shape.stretch, radius: radius * this.shape.unit * Math.max(0.5, this.density), colour, label };
    this.scene.nodes.push(node);
    this.scene.byKey.set(key, node);
  }

  private connect(a: Item, b: Item, width: number, strength: number): void {
    const [one, other] = [this.scene.byKey.get(keyOf(a)), this.scene.byKey.get(keyOf(b))];
    if (!one || !other || one === other) return;
    const colour = mix(this.theme.edge, this.theme.ground, strength * this.density);
    this.scene.edges.push({ key: `e${this.scene.edges.length}`, one, other, width: width * Math.max(0.5, this.density), colour });
  }
}

export function conceptRadius(papers: number): number {
  return Math.min(22, 1.8 + 1.75 * Math.sqrt(papers));
}
