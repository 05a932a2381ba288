// The map where WebGL is missing: the same scene on a plain canvas.

import { paintLabels, paintScene, placeLabels, type Focus, type Projection } from "./draw.js";
import type { MapEvents, MapView } from "./map_view.js";
import { EMPTY_SCENE, type Scene, type SceneNode } from "./scene.js";
import type { Theme } from "./theme.js";

interface Point { x: number; y: number }

export class CanvasMap implements MapView {
  readonly kind = "canvas";
  private readonly canvas = document.createElement("canvas");
  private readonly pen = this.canvas.getContext("2d")!;
  private readonly pointers = new Map<number, Point>();
  private readonly watcher: ResizeObserver;
  private scene: Scene = EMPTY_SCENE;
  private theme: Theme | null = null;
  private focused: Focus | null = null;
  private marked: SceneNode[] = [];
  private camera = { scale: 1, x: 0, y: 0 };
  private begin: { node: SceneNode | null; x: number; y: number; moved: boolean } | null = null;
  private frame = 0;

  constructor(private readonly container: HTMLElement, private readonly events: MapEvents) {
    container.append(this.canvas);
    this.listen();
    this.watcher = new ResizeObserver(() => this.resize());
    this.watcher.observe(container);
    this.resize();
  }

  show(scene: Scene, theme: Theme): void {
    this.scene = scene;
    this.theme = theme;
    this.draw();
  }

  focus(focus: Focus | null, marked: SceneNode[]): void {
    this.focused = focus;
    this.marked = marked;
    this.draw();
  }

  fit(nodes: readonly SceneNode[], largest: number): void {
    if (!nodes.length) return;
    const [width, height] = [this.container.clientWidth, this.container.clientHeight];
    const [xs, ys] = [nodes.map((node) => node.x).sort((a, b) => a - b), nodes.map((node) => node.y).sort((a, b) => a - b)];
    const [x0, x1, y0, y1] = [xs[0]!, xs[xs.length - 1]!, ys[0]!, ys[ys.length - 1]!];
    const scale = Math.min((width - 90) / Math.max(x1 - x0, 1), (height - 70) / Math.max(y1 - y0, 1), largest);
    this.camera = { scale, x: width / 2 - ((x0 + x1) / 2) * scale, y: height / 2 - ((y0 + y1) / 2) * scale };
    this.draw();
  }

  zoom(factor: number): void {
    this.zoomAt(factor, this.container.clientWidth / 2, this.container.clientHeight / 2);
  }

  pan(x: number, y: number): void {
    this.camera.x += x;
    this.camera.y += y;
    this.draw();
  }

  projection(): Projection {
    const { scale, x, y } = this.camera;
    const { clientWidth: width, clientHeight: height } = this.container;
    // Discs grow more slowly than the map, so that coming nearer makes room; where all is seen they have their own size.
    const { box } = this.scene;
    const home = Math.max(1e-6, Math.min(width / (box.x[1] - box.x[0]), height / (box.y[1] - box.y[0])));
    const grow = Math.min(2.2, Math.max(0.55, Math.sqrt(scale / home)));
    return {
      width,
      height,
      at: (node) => [node.x * scale + x, node.y * scale + y],
      radius: (node) => node.radius * grow,
    };
  }

  destroy(): void {
    this.watcher.disconnect();
    this.canvas.remove();
  }

  private resize(): void {
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(this.container.clientWidth * ratio);
    this.canvas.height = Math.round(this.container.clientHeight * ratio);
    this.draw();
  }

  private draw(): void {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    this.frame = 0;
    if (!this.theme) return;
    const ratio = window.devicePixelRatio || 1;
    const view = this.projection();
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.pen.clearRect(0, 0, view.width, view.height);
    paintScene(this.pen, this.scene, this.theme, view, this.focused);
    paintLabels(this.pen, placeLabels(this.pen, this.scene, view, this.focused), this.theme, view, this.marked);
  }

  private zoomAt(factor: number, x: number, y: number): void {
    const scale = Math.max(0.02, Math.min(12, this.camera.scale * factor));
    const change = scale / this.camera.scale;
    this.camera = { scale, x: x - (x - this.camera.x) * change, y: y - (y - this.camera.y) * change };
    this.draw();
  }

  private nodeAt(x: number, y: number): SceneNode | null {
    const view = this.projection();
    let best: SceneNode | null = null;
    let nearest = 5;
    for (const node of this.scene.nodes) {
      const [left, top] = view.at(node);
      const distance = Math.hypot(left - x, top - y) - view.radius(node);
      if (distance < nearest) [best, nearest] = [node, distance];
    }
    return best;
  }

  private listen(): void {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
      this.begin = { node: this.nodeAt(event.offsetX, event.offsetY), x: event.offsetX, y: event.offsetY, moved: false };
    });
    canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"] as const) {
      canvas.addEventListener(name, (event) => {
        this.pointers.delete(event.pointerId);
        if (name === "pointerup" && this.begin && !this.begin.moved) this.events.click(this.begin.node);
        this.begin = null;
      });
    }
    canvas.addEventListener("pointerleave", () => this.events.hover(null, 0, 0));
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoomAt(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), event.offsetX, event.offsetY);
    }, { passive: false });
  }

  private move(event: PointerEvent): void {
    const last = this.pointers.get(event.pointerId);
    const now = { x: event.offsetX, y: event.offsetY };
    if (!last) {
      this.events.hover(this.nodeAt(now.x, now.y), now.x, now.y);
      return;
    }
    if (this.pointers.size === 2) this.pinch(event.pointerId, last, now);
    else if (this.begin && (this.begin.moved || Math.hypot(now.x - this.begin.x, now.y - this.begin.y) > 4)) {
      this.begin.moved = true;
      this.pan(now.x - last.x, now.y - last.y);
    }
    this.pointers.set(event.pointerId, now);
  }

  private pinch(id: number, last: Point, now: Point): void {
    const still = [...this.pointers].find(([other]) => other !== id)![1];
    const before = Math.max(1, Math.hypot(last.x - still.x, last.y - still.y));
    this.begin = null;
    this.zoomAt(Math.hypot(now.x - still.x, now.y - still.y) / before, (now.x + still.x) / 2, (now.y + still.y) / 2);
  }
}
