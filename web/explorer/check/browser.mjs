// A browser whose pages are watched: what they log, what they ask for, what they throw.

import puppeteer from "puppeteer-core";

const OPTIONS = [
  "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--hide-scrollbars",
];

export async function openBrowser(path, withWebGl = true) {
  const more = withWebGl ? ["--enable-unsafe-swiftshader"] : ["--disable-gpu", "--disable-software-rasterizer", "--disable-3d-apis"];
  return puppeteer.launch({ executablePath: path, headless: true, args: [...OPTIONS, ...more] });
}

export async function openPage(browser, file, { hash = "", width = 1440, height = 900, dark = false } = {}) {
  const page = await browser.newPage();
  const seen = { errors: [], requests: [], dialogs: 0 };
  page.on("console", (message) => message.type() === "error" && seen.errors.push(message.text()));
  page.on("pageerror", (error) => seen.errors.push(String(error.stack ?? error)));
  page.on("dialog", (dialog) => { seen.dialogs += 1; dialog.dismiss(); });
  const own = new URL(`file://${file}`).href;
  page.on("request", (request) => {
    const url = request.url().split("#")[0];
    if (url !== own && !url.startsWith("data:") && !url.startsWith("blob:")) seen.requests.push(url);
  });
  const isPhone = width < 700;
  await page.setViewport({ width, height, deviceScaleFactor: isPhone ? 2 : 1, isMobile: isPhone, hasTouch: isPhone });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  await page.goto(own + hash);
  await page.waitForSelector("body[data-ready]", { timeout: 20_000 });
  return { page, seen };
}

export const settle = (milliseconds = 700) => new Promise((done) => setTimeout(done, milliseconds));

export const textOf = (page, selector) => page.$eval(selector, (element) => element.textContent);
