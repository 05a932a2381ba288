// Drawing of a scene on a canvas: the map where WebGL is missing, the labels of every map, pictures and print.

import type { Scene, SceneNode } from "./scene.js";
import { mix, type Theme } from "./theme.js";

export interface Projection {
  width: number; height: number;
  at(node: SceneNode): [number, number];
  radius(node: SceneNode): number;
}

// What is looked at: a node and those tied to it, or the nodes of a topic.
export interface Focus { node: SceneNode | null; near: Map<SceneNode, number> }

export interface Label { node: SceneNode; text: string; x: number; y: number; size: number; bold: boolean; strong: boolean }

type Box = [number, number, number, number];

const MOST_OBSTACLES = 1200;
const IMPORTANT = 24;
const LARGE = 8; // discs of at least this radius are never covered
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

export function fontOf(label: Pick<Label, "size" | "bold">): string {
  return `${label.bold ? 600 : 400} ${label.size}px ${FONT}`;
}

export function paintScene(pen: CanvasRenderingContext2D, scene: Scene, theme: Theme, view: Projection, focus: Focus | null): void {
  paintEdges(pen, scene, theme, view, focus);
  for (let place = scene.nodes.length - 1; place >= 0; place -= 1) {
    const node = scene.nodes[place]!;
    const [x, y] = view.at(node);
    const radius = view.radius(node);
    if (x < -radius || y < -radius || x > view.width + radius || y > view.height + radius) continue;
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fillStyle = isLit(node, focus) ? node.colour : mix(node.colour, theme.ground, 0.16);
    pen.fill();
  }
}

function paintEdges(pen: CanvasRenderingContext2D, scene: Scene, theme: Theme, view: Projection, focus: Focus | null): void {
  const line = (one: SceneNode, other: SceneNode, width: number, colour: string): void => {
    const [a, b] = [view.at(one), view.at(other)];
    if (Math.max(a[0], b[0]) < 0 || Math.max(a[1], b[1]) < 0 || Math.min(a[0], b[0]) > view.width || Math.min(a[1], b[1]) > view.height) return;
    pen.beginPath();
    pen.moveTo(a[0], a[1]);
    pen.lineTo(b[0], b[1]);
    pen.lineWidth = width;
    pen.strokeStyle = colour;
    pen.stroke();
  };
  for (const edge of scene.edges) line(edge.one, edge.other, edge.width, focus ? mix(edge.colour, theme.ground, 0.25) : edge.colour);
  for (const [one, other, strength] of ties(focus)) line(one, other, focusWidth(strength), focusColour(other, theme));
}

export function ties(focus: Focus | null): [SceneNode, SceneNode, number][] {
  const node = focus?.node;
  return node ? [...focus.near].map(([other, strength]) => [node, other, strength]) : [];
}

export function focusWidth(strength: number): number {
  return 0.7 + Math.min(2, 0.35 * Math.log2(strength + 1));
}

export function focusColour(node: SceneNode, theme: Theme): string {
  return mix(node.colour, theme.ground, 0.5);
}

export function isLit(node: SceneNode, focus: Focus | null): boolean {
  return !focus || node === focus.node || focus.near.has(node);
}

// The labels for which there is room, the most important first; none covers another.
export function placeLabels(pen: CanvasRenderingContext2D, scene: Scene, view: Projection, focus: Focus | null): Label[] {
  const labels: Label[] = [];
  const room = makeRoom(scene, view, focus);
  const most = Math.round(Math.min(160, (view.width * view.height) / 6500));
  const first = focus ? [...(focus.node ? [focus.node] : []), ...[...focus.near].sort((a, b) => b[1] - a[1]).map(([node]) => node)] : [];
  const topics = scene.nodes.filter((node) => node.item.kind === "topic");
  const candidates = [...first, ...(focus ? [] : [...topics, ...scene.nodes])];
  let tries = 0;
  for (const node of new Set(candidates)) {
    if (labels.length >= most || tries > 1500) break;
    const [x, y] = view.at(node);
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    tries += 1;
    const radius = view.radius(node);
    const chosen = node === focus?.node;
    if (node.item.kind === "paper" && !focus && radius < 4) continue;
    // Of the first few the label is worth more than the discs below it.
    const label = fit(pen, node, { x, y, radius, chosen, important: tries <= IMPORTANT }, view, room);
    if (label) labels.push(label);
  }
  return labels;
}

// No label lies on the disc of another node, as long as there are few enough nodes to look at them all.
function makeRoom(scene: Scene, view: Projection, focus: Focus | null): Room {
  const room = { labels: new Taken(), discs: new Taken() };
  for (const node of scene.nodes.slice(0, MOST_OBSTACLES)) {
    if (!isLit(node, focus)) continue;
    const [x, y] = view.at(node);
    const radius = view.radius(node);
    const inner = radius * 0.8;
    if (node.item.kind === "topic" || x < 0 || y < 0 || x > view.width || y > view.height) continue;
    (radius > LARGE ? room.labels : room.discs).add([x - inner, y - inner, x + inner, y + inner]);
  }
  return room;
}

interface Spot { x: number; y: number; radius: number; chosen: boolean; important: boolean }
interface Room { labels: Taken; discs: Taken }

function fit(pen: CanvasRenderingContext2D, node: SceneNode, spot: Spot, view: Projection, room: Room): Label | null {
  const { x, y, radius, chosen } = spot;
  const size = chosen ? 15 : Math.max(11, Math.min(16, 10 + radius * 0.32));
  const text = shorten(node.label, node.item.kind === "paper" ? 44 : 40);
  const isTopic = node.item.kind === "topic";
  const bold = chosen || isTopic || radius > 11;
  const width = measure(pen, text, { size, bold });
  const gap = radius + 4;
  // A topic bears its name inside.
  const places: [number, number][] = isTopic ? [[x - width / 2, y]] : [
    [x + gap, y], [x - gap - width, y], [x - width / 2, y - gap - size * 0.55], [x - width / 2, y + gap + size * 0.55],
  ];
  const boxOf = ([left, middle]: [number, number]): Box => [left - 2, middle - size * 0.62, left + width + 2, middle + size * 0.62];
  const isInside = (box: Box): boolean => box[0] >= 0 && box[2] <= view.width && box[1] >= 0 && box[3] <= view.height;
  const inside = places.filter((one) => isInside(boxOf(one)));
  const free = inside.filter((one) => room.labels.isFree(boxOf(one)));
  const place = free.find((one) => room.discs.isFree(boxOf(one)))
    ?? (spot.important ? free[0] : undefined)
    ?? (chosen ? (inside[0] ?? places[3]!) : undefined); // the chosen node has its label whatever it covers
  if (!place) return null;
  room.labels.add(boxOf(place));
  return { node, text, x: place[0], y: place[1], size, bold, strong: chosen };
}

// Boxes on the map, kept by cells of a grid: a box is compared with those near it only.
class Taken {
  private readonly cells = new Map<string, Box[]>();

  isFree(box: Box): boolean {
    return !this.near(box).some((cell) => this.cells.get(cell)?.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]));
  }

  add(box: Box): void {
    for (const cell of this.near(box)) this.cells.set(cell, [...(this.cells.get(cell) ?? []), box]);
  }

  private near(box: Box): string[] {
    const found: string[] = [];
    for (let x = Math.floor(box[0] / 80); x <= Math.floor(box[2] / 80); x += 1) {
      for (let y = Math.floor(box[1] / 40); y <= Math.floor(box[3] / 40); y += 1) found.push(`${x},${y}`);
    }
    return found;
  }
}

const widths = new Map<string, number>();

function measure(pen: CanvasRenderingContext2D, text: string, style: Pick<Label, "size" | "bold">): number {
  const key = `${style.bold ? 1 : 0}${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    pen.font = fontOf({ size: 20, bold: style.bold });
    width = pen.measureText(text).width / 20;
    widths.set(key, width);
  }
  return width * style.size;
}

export function paintLabels(pen: CanvasRenderingContext2D, labels: Label[], theme: Theme, view: Projection, marked: SceneNode[]): void {
  for (const node of marked) {
    const [x, y] = view.at(node);
    pen.beginPath();
    pen.arc(x, y, view.radius(node) + 3, 0, 2 * Math.PI);
    pen.lineWidth = 2;
    pen.strokeStyle = theme.ink;
    pen.stroke();
  }
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  for (let place = labels.length - 1; place >= 0; place -= 1) {
    const label = labels[place]!;
    pen.font = fontOf(label);
    pen.lineWidth = label.strong ? 5 : 3.5;
    pen.strokeStyle = theme.ground;
    pen.strokeText(label.text, label.x, label.y);
    pen.fillStyle = label.node.item.kind === "paper" && !label.strong ? theme.soft : theme.ink;
    pen.fillText(label.text, label.x, label.y);
  }
}

export function shorten(text: string, length: number): string {
  return text.length > length ? `${[...text].slice(0, length - 1).join("").trimEnd()}…` : text;
}
