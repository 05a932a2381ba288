// The panel of whatever is chosen.

import { conceptPanel } from "./concept_panel.js";
import type { Item } from "./data.js";
import type { PanelContext } from "./panel_parts.js";
import { overviewPanel, paperPanel, topicPanel } from "./paper_panel.js";

export function panelOf(item: Item | null, context: PanelContext): (Node | string)[] {
  const parts = !item ? overviewPanel(context)
    : item.kind === "paper" ? paperPanel(item, context)
    : item.kind === "concept" ? conceptPanel(item, context)
    : topicPanel(item, context);
  return parts.filter((part): part is Node | string => Boolean(part));
}
