// The few words beside the pointer.

import { find, textOf } from "./dom.js";

export function showTip(words: [string, string] | null, x: number, y: number, container: HTMLElement): void {
  const tip = find("tip");
  tip.hidden = words === null;
  if (!words) return;
  tip.replaceChildren(textOf("span", words[0]), textOf("small", words[1]));
  tip.style.left = `${Math.max(4, Math.min(x + 14, container.clientWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${Math.max(4, Math.min(y + 14, container.clientHeight - tip.offsetHeight - 8))}px`;
}
