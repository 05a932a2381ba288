// What is seen, as files: a picture (PNG, SVG) and tables (CSV, JSON).

import type { Graph } from "./data.js";
import { fontOf, focusColour, focusWidth, isLit, paintLabels, paintScene, placeLabels, ties, type Focus, type Projection } from "./draw.js";
import type { Scene } from "./scene.js";
import { mix, type Theme } from "./theme.js";

// What the reader sees at this moment; `table` is set where it is a table.
export interface Sight { scene: Scene; theme: Theme; graph: Graph; view: Projection; focus: Focus | null; table: string | null }

export function saveAs(format: string, { scene, theme, graph, view, focus, table }: Sight): void {
  if (format === "png") savePng(scene, theme, view, focus);
  if (format === "svg") saveText(makeSvg(scene, theme, view, focus), "graph.svg", "image/svg+xml");
  if (format === "csv") saveText(table ?? makeCsv(scene, graph), "graph.csv", "text/csv");
  if (format === "json") saveText(makeJson(scene, graph), "graph.json", "application/json");
}

function savePng(scene: Scene, theme: Theme, view: Projection, focus: Focus | null): void {
  const canvas = paintPicture(scene, theme, view, focus, 2);
  canvas.toBlob((blob) => {
    if (blob) save(blob, "graph.png");
  }, "image/png");
}

export function paintPicture(scene: Scene, theme: Theme, view: Projection, focus: Focus | null, scale: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(view.width * scale));
  canvas.height = Math.max(1, Math.round(view.height * scale));
  const pen = canvas.getContext("2d")!;
  pen.scale(scale, scale);
  pen.fillStyle = theme.ground;
  pen.fillRect(0, 0, view.width, view.height);
  paintScene(pen, scene, theme, view, focus);
  paintLabels(pen, placeLabels(pen, scene, view, focus), theme, view, focus?.node ? [focus.node] : []);
  return canvas;
}

function makeSvg(scene: Scene, theme: Theme, view: Projection, focus: Focus | null): string {
  const [width, height] = [Math.round(view.width), Math.round(view.height)];
  const at = (value: number): string => value.toFixed(1);
  const line = (a: [number, number], b: [number, number], size: number, colour: string): string =>
    `<line x1="${at(a[0])}" y1="${at(a[1])}" x2="${at(b[0])}" y2="${at(b[1])}" stroke="${colour}" stroke-width="${at(size)}"/>`;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" fill="${theme.ground}"/>`,
    ...scene.edges.map((edge) => line(view.at(edge.one), view.at(edge.other), edge.width, focus ? mix(edge.colour, theme.ground, 0.25) : edge.colour)),
    ...ties(focus).map(([one, other, strength]) => line(view.at(one), view.at(other), focusWidth(strength), focusColour(other, theme))),
    ...[...scene.nodes].reverse().map((node) => {
      const [x, y] = view.at(node);
      const colour = isLit(node, focus) ? node.colour : mix(node.colour, theme.ground, 0.16);
      return `<circle cx="${at(x)}" cy="${at(y)}" r="${at(view.radius(node))}" fill="${colour}"><title>${escapeXml(node.label)}</title></circle>`;
    }),
    ...placeLabels(document.createElement("canvas").getContext("2d")!, scene, view, focus).map((label) =>
      `<text x="${at(label.x)}" y="${at(label.y)}" dominant-baseline="central" style="font:${escapeXml(fontOf(label))}" fill="${theme.ink}" `
      + `stroke="${theme.ground}" stroke-width="3" paint-order="stroke">${escapeXml(label.text)}</text>`),
    "</svg>",
  ];
  return `${parts.join("\n")}\n`;
}

function makeCsv(scene: Scene, graph: Graph): string {
  const rows = scene.nodes.map((node): (string | number)[] => {
    const item = node.item;
    if (item.kind === "paper") return [item.id, item.label, "Paper", item.date, item.live, item.url];
    if (item.kind === "topic") return [`topic:${item.index}`, item.label, "Topic", "", "", ""];
    return [item.id, item.label, graph.settings.types[item.type] ?? "", item.date, item.live, ""];
  });
  return toCsv([["id", "label", "type", "date", "count", "url"], ...rows]);
}

export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

// A text that a spreadsheet would take for a formula is marked as text.
function csvCell(value: string | number): string {
  const text = String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// Nodes and links as d3 and most other libraries read them.
function makeJson(scene: Scene, graph: Graph): string {
  const idOf = (key: string): string => {
    const item = scene.byKey.get(key)!.item;
    return item.kind === "topic" ? `topic:${item.index}` : item.id;
  };
  const nodes = scene.nodes.map((node) => ({
    id: idOf(node.key),
    label: node.label,
    type: node.item.kind === "concept" ? graph.settings.types[node.item.type] : node.item.kind,
    date: node.item.kind === "topic" ? undefined : node.item.date || undefined,
    count: node.item.kind === "topic" ? undefined : node.item.live,
    x: node.x,
    y: node.y,
    colour: node.colour,
  }));
  const links = scene.edges.map((edge) => ({ source: idOf(edge.one.key), target: idOf(edge.other.key) }));
  return `${JSON.stringify({ nodes, links }, null, 1)}\n`;
}

function saveText(text: string, name: string, type: string): void {
  save(new Blob([text], { type }), name);
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function escapeXml(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
  return text.replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd").replace(/[&<>"']/g, (mark) => names[mark]!);
}
