// What every kind of map can do; the rest of the page does not know which it has.

import { CanvasMap } from "./canvas_map.js";
import type { Focus, Projection } from "./draw.js";
import type { Scene, SceneNode } from "./scene.js";
import { hasGraphicsProcessor, SigmaMap } from "./sigma_map.js";
import type { Theme } from "./theme.js";

export interface MapEvents {
  click(node: SceneNode | null): void;
  hover(node: SceneNode | null, x: number, y: number): void;
  lost(): void; // the graphics processor gave up
}

export interface MapView {
  readonly kind: "webgl" | "canvas";
  show(scene: Scene, theme: Theme): void;
  focus(focus: Focus | null, marked: SceneNode[]): void;
  fit(nodes: readonly SceneNode[], largest: number, isFirst?: boolean): void;
  zoom(factor: number): void;
  pan(x: number, y: number): void;
  projection(): Projection;
  destroy(): void;
}

// `wish` is "webgl" or "canvas" where the address asks for one.
export function openMap(container: HTMLElement, events: MapEvents, wish: string): MapView {
  if (wish === "webgl" || (wish !== "canvas" && hasGraphicsProcessor())) {
    try {
      return new SigmaMap(container, events);
    } catch {
      container.replaceChildren(); // no WebGL, or a driver that promises it and fails
    }
  }
  return new CanvasMap(container, events);
}
