// What is lit: a node and those tied to it, or the nodes of a topic.

import type { Item } from "./data.js";
import type { Focus } from "./draw.js";
import { keyOf, type Scene, type SceneNode } from "./scene.js";

export function focusOf(item: Item | null, scene: Scene): Focus | null {
  if (!item) return null;
  const node = item.kind === "topic" ? null : (scene.byKey.get(keyOf(item)) ?? null);
  if (!node && item.kind !== "topic") return null;
  const near = neighbours(item, scene);
  return node || near.size ? { node, near } : null;
}

// What is tied most strongly to the focus: the map comes as near as these allow.
export function closest(focus: Focus): SceneNode[] {
  return [...focus.near].sort((a, b) => b[1] - a[1]).slice(0, 24).map(([node]) => node);
}

// The nodes that belong to the selected one, each with the strength of the tie.
function neighbours(item: Item, scene: Scene): Map<SceneNode, number> {
  const near = new Map<SceneNode, number>();
  const tie = (other: Item, strength: number): void => {
    const node = other === item ? undefined : scene.byKey.get(keyOf(other));
    if (node) near.set(node, (near.get(node) ?? 0) + strength);
  };
  if (item.kind === "paper") for (const one of item.assertions) if (one.live) tie(one.concept, 2);
  if (item.kind === "topic") {
    for (const node of scene.nodes) if (node.item.kind === "concept" && node.item.topic === item.index) near.set(node, node.item.live);
    return near;
  }
  if (item.kind === "concept") {
    for (const one of item.assertions) {
      if (!one.live) continue;
      tie(one.paper, 1);
      for (const next of one.paper.assertions) if (next.live) tie(next.concept, 1);
    }
    for (const one of item.relations) tie(one.subject === item ? one.object : one.subject, 3);
  }
  return strongest(near);
}

// Of very many ties only the strong ones: a concept of most papers is tied to everything.
function strongest(near: Map<SceneNode, number>): Map<SceneNode, number> {
  const most = 90;
  if (near.size <= most) return near;
  return new Map([...near].sort((a, b) => b[1] - a[1] || (a[0].key < b[0].key ? -1 : 1)).slice(0, most));
}
