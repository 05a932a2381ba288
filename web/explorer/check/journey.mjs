// Walks through the page as a reader would and measures it: node check/journey.mjs FOLDER [PAGE] [SHOTS]
// FOLDER holds the pages of make_pages.py; PAGE is walked through instead of the page of the bundled corpus.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openBrowser, openPage, settle, textOf } from "./browser.mjs";

const [folder, wanted, shots] = process.argv.slice(2);
const file = resolve(wanted || join(folder, "corpus.html"));
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const results = [];

async function check(name, act) {
  const told = await act();
  results.push(name);
  console.log(`ok   ${name}${told ? `: ${told}` : ""}`);
}

async function shoot(page, name) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
}

function isClean(seen) {
  assert.deepEqual(seen.errors, [], "errors in the console");
  assert.deepEqual(seen.requests, [], "requests");
  assert.equal(seen.dialogs, 0, "dialogs");
}

async function findAxeProblems(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ["violations"] })).violations
    .map(({ id, impact, nodes }) => ({ id, impact, where: nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`) })));
  const grave = found.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(grave, [], "serious accessibility violations");
  return found.map(({ id }) => id).join(", ");
}

async function searchFor(page, text) {
  await page.keyboard.press("/");
  await page.keyboard.type(text);
}

async function walk(browser, renderer) {
  const { page, seen } = await openPage(browser, file, { hash: renderer === "webgl" ? "#renderer=webgl" : "" });
  await check(`${renderer}: opens`, async () => {
    assert.equal(await page.evaluate(() => document.body.dataset.renderer), renderer);
    const time = await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd);
    assert.ok(time < 2000, `took ${time} ms`);
    return `loaded in ${Math.round(time)} ms`;
  });
  await settle();
  await shoot(page, `desktop-light-${renderer}`);
  await check(`${renderer}: search DPO, its papers, their evidence`, async () => {
    await searchFor(page, "DPO");
    await settle(200);
    assert.match(await textOf(page, "#hits li"), /Direct Preference Optimization/);
    await shoot(page, `search-${renderer}`);
    await page.keyboard.press("Enter");
    await settle();
    assert.equal(await textOf(page, "#detail h2"), "Direct Preference Optimization");
    assert.match(page.url(), /#concept=direct-preference-optimization/);
    const marked = await page.$$eval("#detail blockquote mark", (marks) => marks.map((mark) => mark.textContent));
    assert.ok(marks(marked), `marked: ${marked}`);
    await shoot(page, `concept-${renderer}`);
    const papers = await page.$$eval("#detail .rows .line .link", (links) => links.length);
    return `${papers} rows, ${marked.length} marked mentions`;
  });
  await check(`${renderer}: a paper with its coloured mentions, and back`, async () => {
    await page.click("#detail .rows .line .link");
    await settle();
    assert.equal(await textOf(page, "#detail .kind"), "Paper");
    assert.ok((await page.$$("#detail .abstract .mention")).length > 1);
    await shoot(page, `paper-${renderer}`);
    await page.goBack();
    await settle();
    assert.equal(await textOf(page, "#detail h2"), "Direct Preference Optimization");
    await page.keyboard.press("Escape");
    assert.equal(await textOf(page, "#detail h2"), "Overview");
  });
  await check(`${renderer}: nothing logged, nothing asked for`, () => isClean(seen));
  return page;
}

const marks = (found) => found.some((text) => /DPO|Direct Preference Optimi/i.test(text));

async function useControls(page) {
  await check("a wrong spelling finds the right name", async () => {
    await searchFor(page, "Dirrect Preference Optimisation");
    await settle(200);
    assert.match(await textOf(page, "#search-status"), /Did you mean/);
    assert.match(await textOf(page, "#hits"), /Direct Preference Optimization/);
    await page.keyboard.press("Escape");
  });
  await check("an address names a concept by its id or by any of its names", async () => {
    await page.evaluate(() => { location.hash = "concept=DPO"; });
    await settle();
    assert.equal(await textOf(page, "#detail h2"), "Direct Preference Optimization");
    await page.evaluate(() => { location.hash = "concept=no-such-concept"; });
    await settle();
    assert.equal(await textOf(page, "#detail h2"), "Overview");
  });
  await check("filters leave less, reset brings all back", async () => {
    const before = await textOf(page, "#count");
    await page.click("#filters-form .choices input");
    await settle(200);
    const after = await textOf(page, "#count");
    assert.notEqual(before, after);
    assert.match(page.url(), /types=/);
    await page.click(".reset");
    await settle(200);
    assert.equal(await textOf(page, "#count"), before);
    return `${before}; ${after}`;
  });
  await check("keys: arrows go from concept to concept", async () => {
    await page.focus("#map");
    await page.keyboard.press("ArrowRight");
    const first = await textOf(page, "#detail h2");
    await page.keyboard.press("ArrowDown");
    const second = await textOf(page, "#detail h2");
    assert.notEqual(first, "Overview");
    await page.keyboard.press("Escape");
    return `${first}, ${second}`;
  });
  await check("table: rows, sorting, a click", async () => {
    await page.keyboard.press("t");
    await page.click("thead th:first-child button");
    const rows = await page.$$eval("tbody th bdi", (cells) => cells.map((cell) => cell.textContent));
    assert.deepEqual(rows, [...rows].sort((a, b) => a.localeCompare(b, "en")));
    await page.click("tbody th button");
    assert.equal(await textOf(page, "#detail h2"), rows[0]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("m");
    return `${rows.length} rows`;
  });
}

async function save(browser, page) {
  const target = await mkdtemp(join(tmpdir(), "explorer-"));
  const session = await browser.target().createCDPSession();
  await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: target });
  await check("saves PNG, SVG, CSV, JSON", async () => {
    for (const format of ["png", "svg", "csv", "json"]) {
      await page.click("#save summary");
      await page.click(`#save [data-format=${format}]`);
      await settle(600);
    }
    const read = (name) => readFile(join(target, `graph.${name}`));
    assert.deepEqual([...(await read("png")).subarray(1, 4)], [80, 78, 71]);
    const drawing = String(await read("svg"));
    const parsed = await page.evaluate((text) => new DOMParser().parseFromString(text, "image/svg+xml").documentElement.nodeName, drawing);
    assert.equal(parsed, "svg");
    const { nodes, links } = JSON.parse(String(await read("json")));
    assert.ok(nodes.length > 5 && links.length > 5);
    assert.equal(String(await read("csv")).trim().split("\r\n").length, nodes.length + 1);
    return `${nodes.length} nodes, ${(await readdir(target)).sort().join(" ")}`;
  });
  await rm(target, { recursive: true });
}

async function findViolations(browser) {
  const views = [
    ["desktop-light", {}], ["desktop-dark", { dark: true }],
    ["concept-dark", { dark: true, hash: "#concept=direct-preference-optimization" }],
    ["topics-light", { hash: "#colour=topic" }], ["table-light", { hash: "#view=table" }], ["table-dark", { hash: "#view=table", dark: true }],
    ["phone-light", { width: 390, height: 844 }], ["phone-dark", { width: 390, height: 844, dark: true, hash: "#concept=direct-preference-optimization" }],
    ["phone-table", { width: 390, height: 844, hash: "#view=table" }],
  ];
  for (const [name, options] of views) {
    const { page, seen } = await openPage(browser, file, options);
    await settle();
    await shoot(page, name);
    await check(`axe-core: ${name}`, async () => findAxeProblems(page));
    isClean(seen);
    await page.close();
  }
}

async function tryHostileNames(browser) {
  const hostile = resolve(join(folder, "hostile.html"));
  const { page, seen } = await openPage(browser, hostile, { hash: "#min=1&papers=1" });
  await check("60 hostile names: nothing runs, nothing is markup, nothing is asked for", async () => {
    const elements = () => page.evaluate(() => document.querySelectorAll("script, img, iframe, object, embed, base, form, link, svg[onload], template").length);
    const before = await elements();
    for (let number = 0; number < 60; number += 1) {
      for (const kind of [`concept=c-${number}`, `paper=test:${number}`]) {
        await page.evaluate((hash) => { location.hash = hash; }, kind);
        await page.waitForFunction(() => document.querySelector("#detail .kind") !== null);
        await settle(15);
        for (const link of await page.$$("#detail a:not(.mention)")) assert.match(await link.evaluate((one) => one.href), /^https:\/\/example\.org\//);
      }
    }
    await page.evaluate(() => { location.hash = "view=table&min=1"; });
    await settle(300);
    await searchFor(page, "window");
    await settle(300);
    for (const element of await page.$$("#detail button, #hits li, .link")) await element.hover().catch(() => undefined);
    assert.equal(await elements(), before);
    assert.equal(await page.evaluate(() => globalThis.__pwned), undefined);
    isClean(seen);
    return `${before} elements of a kind that could load or run, as in the page itself`;
  });
  await page.close();
}

async function measureFrames(browser, renderer) {
  const { page, seen } = await openPage(browser, resolve(join(folder, "fluent.html")), { hash: `#min=1&renderer=${renderer}` });
  await settle();
  await check(`5,000 nodes, ${renderer}: frames while the map moves`, async () => {
    await page.evaluate(() => {
      const times = globalThis.__times = [];
      let last = performance.now();
      requestAnimationFrame(function watch(now) {
        times.push(now - last);
        last = now;
        requestAnimationFrame(watch);
      });
    });
    const before = await page.screenshot({ encoding: "base64" });
    await page.mouse.move(600, 450);
    for (let step = 0; step < 8; step += 1) await page.mouse.wheel({ deltaY: -60 });
    await page.mouse.down();
    for (let step = 0; step < 60; step += 1) await page.mouse.move(600 + 3 * step, 450 + 2 * step);
    await page.mouse.up();
    const times = (await page.evaluate(() => globalThis.__times.slice(2))).sort((a, b) => a - b);
    assert.notEqual(await page.screenshot({ encoding: "base64" }), before, "the map did not move");
    const at = (share) => times[Math.floor(times.length * share)];
    const nodes = await textOf(page, "#count");
    if (renderer === "canvas") assert.ok(at(0.5) < 150, `median frame of ${at(0.5)} ms`);
    return `${nodes}, ${times.length} frames, median ${at(0.5).toFixed(0)} ms, slowest tenth from ${at(0.9).toFixed(0)} ms ${renderer === "webgl" ? " (WebGL by software here)" : ""}`;
  });
  await shoot(page, `many-nodes-${renderer}`);
  isClean(seen);
  await page.close();
}

async function openCollapsed(browser) {
  const { page, seen } = await openPage(browser, resolve(join(folder, "collapsed.html")), { hash: "#min=1" });
  await settle();
  await check("beyond 5,000 nodes: topics stand for their concepts", async () => {
    const told = await textOf(page, "#count");
    assert.match(told, /by topic/);
    return told;
  });
  await shoot(page, "collapsed");
  isClean(seen);
  await page.close();
}

if (shots) await mkdir(shots, { recursive: true });
const browser = await openBrowser(chromium);
const page = await walk(browser, "webgl");
await useControls(page);
await save(browser, page);
await findViolations(browser);
await tryHostileNames(browser);
await measureFrames(browser, "webgl");
await measureFrames(browser, "canvas");
await openCollapsed(browser);
await browser.close();
const plain = await openBrowser(chromium, false);
await walk(plain, "canvas");
await plain.close();
console.log(`${results.length} checks passed`);
