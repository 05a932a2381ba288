// The map on the graphics processor, drawn by sigma.js. Labels are ours: they never cover each other.

import { MultiGraph } from "graphology";
import Sigma from "sigma";
import { focusColour, focusWidth, isLit, paintLabels, placeLabels, ties, type Focus, type Projection } from "./draw.js";
import type { MapEvents, MapView } from "./map_view.js";
import { EMPTY_SCENE, type Scene, type SceneNode } from "./scene.js";
import { mix, type Theme } from "./theme.js";

// Whether there is a graphics processor to draw with. WebGL computed by the processor is many times slower than a
// plain canvas (measured: 300 against 33 milliseconds a frame at 5,000 nodes), so that it counts as none.
export function hasGraphicsProcessor(): boolean {
  try {
    const context = document.createElement("canvas").getContext("webgl2");
    if (!context) return false;
    const names = context.getExtension("WEBGL_debug_renderer_info");
    const renderer = String(context.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : context.RENDERER));
    context.getExtension("WEBGL_lose_context")?.loseContext();
    return !/swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer);
  } catch {
    return false;
  }
}

export class SigmaMap implements MapView {
  readonly kind = "webgl";
  private readonly graph = new MultiGraph();
  private readonly sigma: Sigma;
  private readonly overlay = document.createElement("canvas");
  private readonly pen = this.overlay.getContext("2d")!;
  private scene: Scene = EMPTY_SCENE;
  private theme: Theme | null = null;
  private focused: Focus | null = null;
  private marked: SceneNode[] = [];

  constructor(container: HTMLElement, events: MapEvents) {
    this.sigma = new Sigma(this.graph, container, {
      allowInvalidContainer: true,
      renderLabels: false,
      zIndex: true,
      minCameraRatio: 0.01,
      maxCameraRatio: 4,
      stagePadding: 46,
      zoomDuration: 180,
      defaultDrawNodeHover: () => undefined,
      zoomToSizeRatioFunction: (ratio) => Math.min(1.8, Math.max(0.45, Math.sqrt(ratio))),
      nodeReducer: (key, data) => this.reduceNode(key, data),
      edgeReducer: (_key, data) => this.reduceEdge(data),
    });
    this.overlay.className = "overlay";
    container.append(this.overlay);
    this.sigma.on("afterRender", () => this.paintOverlay());
    this.sigma.on("clickNode", ({ node }) => events.click(this.scene.byKey.get(node) ?? null));
    this.sigma.on("clickStage", () => events.click(null));
    this.sigma.on("enterNode", ({ node, event }) => events.hover(this.scene.byKey.get(node) ?? null, event.x, event.y));
    this.sigma.on("leaveNode", () => events.hover(null, 0, 0));
    for (const canvas of Object.values(this.sigma.getCanvases())) {
      canvas.addEventListener("webglcontextlost", () => events.lost());
    }
  }

  show(scene: Scene, theme: Theme): void {
    this.scene = scene;
    this.theme = theme;
    this.focused = null;
    this.graph.clear();
    scene.nodes.forEach((node, place) => {
      // sigma's y grows upwards, the scene's downwards.
      const { x, radius: size, colour: color } = node;
      this.graph.addNode(node.key, { x, y: -node.y, size, color, zIndex: scene.nodes.length - place });
    });
    for (const edge of scene.edges) {
      this.graph.addEdgeWithKey(edge.key, edge.one.key, edge.other.key, { size: edge.width, color: edge.colour, zIndex: 0 });
    }
    this.sigma.setCustomBBox({ x: scene.box.x, y: [-scene.box.y[1], -scene.box.y[0]] });
    this.sigma.refresh();
  }

  focus(focus: Focus | null, marked: SceneNode[]): void {
    this.marked = marked;
    if (focus === null && this.focused === null) {
      this.sigma.scheduleRender();
      return;
    }
    for (const key of this.graph.filterEdges((_key, data) => data["lit"] === true)) this.graph.dropEdge(key);
    this.focused = focus;
    for (const [one, other, strength] of ties(focus)) {
      const attributes = { size: focusWidth(strength), color: focusColour(other, this.theme!), zIndex: 1, lit: true };
      this.graph.addEdgeWithKey(`f${other.key}`, one.key, other.key, attributes);
    }
    this.sigma.scheduleRefresh();
  }

  fit(nodes: readonly SceneNode[], largest: number, isFirst = false): void {
    if (!nodes.length) return;
    const base = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
    const places = nodes.map((node) => this.sigma.graphToViewport({ x: node.x, y: -node.y }, { cameraState: base }));
    const [xs, ys] = [places.map((place) => place.x), places.map((place) => place.y)];
    const [x0, x1, y0, y1] = [least(xs), most(xs), least(ys), most(ys)];
    const { width, height } = this.sigma.getDimensions();
    const unit = this.pixelsPerUnit(base);
    const wanted = Math.max((x1 - x0) / Math.max(width - 90, 50), (y1 - y0) / Math.max(height - 70, 50), unit / largest);
    const centre = this.sigma.viewportToFramedGraph({ x: (x0 + x1) / 2, y: (y0 + y1) / 2 }, { cameraState: base });
    this.moveTo({ ...centre, ratio: Math.max(0.01, Math.min(4, wanted)) }, !isFirst);
  }

  zoom(factor: number): void {
    const camera = this.sigma.getCamera();
    this.moveTo({ ratio: camera.getBoundedRatio(camera.ratio / factor) });
  }

  pan(x: number, y: number): void {
    const { width, height } = this.sigma.getDimensions();
    const { x: left, y: top } = this.sigma.viewportToFramedGraph({ x: width / 2 - x, y: height / 2 - y });
    this.sigma.getCamera().setState({ x: left, y: top });
  }

  projection(): Projection {
    const { width, height } = this.sigma.getDimensions();
    return {
      width,
      height,
      at: (node) => {
        const { x, y } = this.sigma.graphToViewport({ x: node.x, y: -node.y });
        return [x, y];
      },
      radius: (node) => this.sigma.scaleSize(node.radius),
    };
  }

  destroy(): void {
    this.sigma.kill();
    this.overlay.remove();
  }

  private moveTo(state: { x?: number; y?: number; ratio?: number }, animated = true): void {
    if (!animated || window.matchMedia("(prefers-reduced-motion: reduce)").matches) this.sigma.getCamera().setState(state);
    else void this.sigma.getCamera().animate(state, { duration: 320 });
  }

  private pixelsPerUnit(cameraState: { x: number; y: number; ratio: number; angle: number }): number {
    const [a, b] = [{ x: 0, y: 0 }, { x: 1, y: 0 }].map((place) => this.sigma.graphToViewport(place, { cameraState }));
    return Math.max(Math.abs(b!.x - a!.x), 1e-6);
  }

  private reduceNode(key: string, data: Record<string, unknown>): Record<string, unknown> {
    const node = this.scene.byKey.get(key);
    if (!node || !this.theme || isLit(node, this.focused)) return data;
    return { ...data, color: mix(node.colour, this.theme.ground, 0.16), zIndex: 0 };
  }

  private reduceEdge(data: Record<string, unknown>): Record<string, unknown> {
    if (!this.focused || data["lit"] || !this.theme) return data;
    return { ...data, color: mix(String(data["color"]), this.theme.ground, 0.25) };
  }

  private paintOverlay(): void {
    if (!this.theme) return;
    const view = this.projection();
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
    if (this.overlay.width !== width || this.overlay.height !== height) [this.overlay.width, this.overlay.height] = [width, height];
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.pen.clearRect(0, 0, view.width, view.height);
    paintLabels(this.pen, placeLabels(this.pen, this.scene, view, this.focused), this.theme, view, this.marked);
  }
}

function least(values: number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function most(values: number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}
