// Walks through the site as a reader would: node web/site/journey.mjs FOLDER [SITE] [SHOTS]
// FOLDER holds the sites of make_sites.py; SITE is looked at instead of the site of the bundled corpus.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, wanted, shots] = process.argv.slice(2);
const site = resolve(wanted || join(folder, "corpus"));
const packages = createRequire(join(resolve(process.env.NODE_PACKAGES ?? "web/explorer"), "package.json"));
const { default: puppeteer } = await import(pathToFileURL(packages.resolve("puppeteer-core")).href);
const axeSource = await readFile(packages.resolve("axe-core/axe.min.js"), "utf8");
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync", "--hide-scrollbars"],
});
let passed = 0;

async function check(name, act) {
  const told = await act();
  passed += 1;
  console.log(`ok   ${name}${told ? `: ${told}` : ""}`);
}

// A page that is watched: what it logs, what it asks for outside its site, what it throws.
async function open(root, path, { width = 1280, height = 900, dark = false } = {}) {
  const page = await browser.newPage();
  const seen = { errors: [], requests: [], dialogs: 0 };
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && seen.errors.push(message.text()));
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("dialog", (dialog) => { seen.dialogs += 1; dialog.dismiss(); });
  const own = `${pathToFileURL(root).href}/`;
  page.on("request", (request) => {
    if (!request.url().startsWith(own) && !request.url().startsWith("data:")) seen.requests.push(request.url());
  });
  const isPhone = width < 700;
  await page.setViewport({ width, height, deviceScaleFactor: isPhone ? 2 : 1, isMobile: isPhone });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  await page.goto(own + path);
  return { page, seen };
}

function isClean({ errors, requests, dialogs }) {
  assert.deepEqual(errors, [], "errors in the console");
  assert.deepEqual(requests, [], "requests");
  assert.equal(dialogs, 0, "dialogs");
}

async function findAxeProblems(page) {
  // Through the protocol, which the policy of the page does not forbid.
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ["violations"], preload: false })).violations
    .map(({ id, impact, nodes }) => ({ id, impact, where: nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`) })));
  assert.deepEqual(found.filter(({ impact }) => impact === "serious" || impact === "critical"), [], "serious violations");
  return found.map(({ id }) => id).join(", ");
}

const textOf = (page, selector) => page.$eval(selector, (element) => element.textContent);
const arrive = (page, act) => Promise.all([page.waitForNavigation(), act()]);

async function look(root, path, name, options = {}) {
  const { page, seen } = await open(root, path, options);
  await check(`axe-core, console, requests: ${name}`, async () => {
    const problems = await findAxeProblems(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= (options.width ?? 1280), `the page is ${width} wide`);
    isClean(seen);
    return problems;
  });
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
  await page.close();
}

const PHONE = { width: 390, height: 844 };
const results = join(folder, "measured");
const pages = async (name) => (await readdir(join(site, name))).sort().map((one) => `${name}/${one}`);
const [concept, paper] = [(await pages("concepts"))[0], (await pages("papers"))[0]];
const shown = wanted
  ? [["index.html", "index"], [concept, "concept"], [paper, "paper"], ["search.html", "search"]]
  : [["index.html", "index"], ["concepts/direct-preference-optimization.html", "concept"], ["papers/arxiv-2305.14314.html", "paper"],
    ["concepts/imagenet.html", "dataset"], ["concepts/image-classification.html", "task"], ["search.html?q=DPO", "search"],
    ["trends.html", "trends"], ["browse/methods.html", "methods"], ["browse/papers.html", "papers"]];
for (const [path, name] of shown) {
  await look(site, path, name);
  await look(site, path, `${name}-dark`, { dark: true });
  await look(site, path, `${name}-phone`, PHONE);
}
await look(results, "concepts/quokkabench.html", "results");
await look(results, "concepts/quokkabench.html", "results-phone-dark", { ...PHONE, dark: true });

if (!wanted) {
  const { page, seen } = await open(site, "index.html");
  await check("search DPO from the first page, its concept, its paper, a mention", async () => {
    await page.type(".find input", "DPO");
    await arrive(page, () => page.keyboard.press("Enter"));
    assert.match(page.url(), /search\.html\?q=DPO$/);
    assert.match(await textOf(page, "#hits li"), /^Direct Preference Optimization/);
    await arrive(page, () => page.click("#hits li a"));
    assert.equal(await textOf(page, "h1"), "Direct Preference Optimization");
    await arrive(page, () => page.click(".statements .line a"));
    assert.match(await textOf(page, ".kind"), /Paper/);
    await arrive(page, () => page.click(".abstract a.mention"));
    assert.match(page.url(), /concepts\//);
    return page.url().split("/").at(-1);
  });
  await check("search by keyboard, by part, by kind, of nothing", async () => {
    await page.goto(`${pathToFileURL(site).href}/search.html`);
    await page.type("#query", "preference optimisation");
    assert.match(await textOf(page, "#hits"), /Direct Preference Optimization/);
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.evaluate(() => document.activeElement.closest("#hits li") !== null), true);
    await page.click("input[name=kind][value='3']");
    await page.$eval("#query", (input) => { input.value = ""; });
    await page.type("#query", "mage");
    const kinds = await page.$$eval("#hits .from", (all) => [...new Set(all.map((one) => one.textContent.split(",")[0]))]);
    assert.deepEqual(kinds, ["Dataset"]);
    await page.type("#query", "zzzz");
    assert.match(await textOf(page, "#told"), /Nothing found/);
  });
  await check("the first key leads past the navigation", async () => {
    await page.goto(`${pathToFileURL(site).href}/index.html`);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  });
  isClean(seen);
  await page.close();
}

const hostile = join(folder, "hostile");
await check("hostile names: nothing runs, nothing is asked for, links lead to the site or example.org", async () => {
  const { page, seen } = await open(hostile, "index.html");
  const own = pathToFileURL(hostile).href;
  let count = 0;
  for (const part of ["papers", "concepts", "browse"]) {
    for (const name of await readdir(join(hostile, part))) {
      await page.goto(`${own}/${part}/${encodeURIComponent(name)}`);
      const foreign = await page.$$eval("a", (all, top) => all.map((one) => one.href).filter((one) => !one.startsWith(top)), own);
      for (const target of foreign) assert.match(target, /^https?:\/\//);
      assert.equal(await page.$$eval("img, iframe, object, embed, base, template, style, script", (all) => all.length), 0);
      assert.equal(await page.evaluate(() => globalThis.__pwned), undefined);
      count += 1;
    }
  }
  await page.goto(`${own}/search.html?q=${encodeURIComponent("<img src=x onerror=window.__pwned=1>")}`);
  await page.$eval("#query", (input) => { input.value = ""; });
  await page.type("#query", "window");
  assert.ok((await page.$$("#hits li")).length > 20);
  assert.equal(await page.$$eval("img, iframe", (all) => all.length), 0);
  assert.equal(await page.evaluate(() => globalThis.__pwned), undefined);
  isClean(seen);
  return `${count} pages`;
});
await browser.close();
console.log(`${passed} checks passed`);
