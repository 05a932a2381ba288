// Keys: the whole page can be used without a pointer.

import type { Projection } from "./draw.js";
import type { Scene, SceneNode } from "./scene.js";

export interface Actions {
  search(): void; close(): void; view(name: "map" | "table"): void; fit(): void; zoom(factor: number): void;
  pan(x: number, y: number): void; help(): void; step(x: number, y: number): void; togglePapers(): void;
}

export function listenToKeys(actions: Actions, map: HTMLElement): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return; // a dialog has its own keys
    const act: Record<string, () => void> = {
      "/": actions.search, "?": actions.help, Escape: actions.close, f: actions.fit, p: actions.togglePapers,
      m: () => actions.view("map"), t: () => actions.view("table"), "+": () => actions.zoom(1.4), "=": () => actions.zoom(1.4),
      "-": () => actions.zoom(1 / 1.4),
    };
    const chosen = act[event.key];
    if (!chosen) return;
    event.preventDefault();
    chosen();
  });
  map.addEventListener("keydown", (event) => {
    const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (!x && !y) return;
    event.preventDefault();
    if (event.shiftKey) actions.pan(-60 * x!, -60 * y!);
    else actions.step(x!, y!);
  });
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !["checkbox", "range", "radio"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

// The nearest node in a direction; from nowhere, the most important one on the screen.
export function nodeTowards(scene: Scene, view: Projection, from: SceneNode | null, x: number, y: number): SceneNode | null {
  if (!from) return scene.nodes.find((node) => isSeen(view, node)) ?? scene.nodes[0] ?? null;
  const [left, top] = view.at(from);
  let best: SceneNode | null = null;
  let least = Infinity;
  for (const node of scene.nodes) {
    const [nodeX, nodeY] = view.at(node);
    const [dx, dy] = [nodeX - left, nodeY - top];
    const along = dx * x + dy * y;
    const aside = Math.abs(dx * y) + Math.abs(dy * x);
    if (node === from || along <= 0 || aside > 2 * along) continue;
    const cost = along + 1.5 * aside;
    if (cost < least) [best, least] = [node, cost];
  }
  return best;
}

function isSeen(view: Projection, node: SceneNode): boolean {
  const [x, y] = view.at(node);
  return x > 0 && y > 0 && x < view.width && y < view.height;
}
