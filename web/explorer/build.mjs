// Builds src/ and its libraries into one script, and notes what it was built from: `npm run build`, or tools/build-explorer.

import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const assets = join(here, "../../src/paperconcepts/export/assets");

const sha256 = (data) => createHash("sha256").update(data).digest("hex");

async function hashSources() {
  const hash = createHash("sha256");
  for (const name of (await readdir(join(here, "src"))).sort()) {
    hash.update(`${name}\n${(await readFile(join(here, "src", name), "utf8")).replaceAll("\r\n", "\n")}`);
  }
  return hash.digest("hex");
}

// Every package of which something is in the script, with its licence.
async function bundledPackages(metafile) {
  const names = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const found = input.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (found) names.add(found[1]);
  }
  const packages = [];
  for (const name of [...names].sort()) {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    packages.push({ name, version, license, text: file ? (await readFile(join(folder, file), "utf8")).trim() : "" });
  }
  return packages;
}

const result = await build({
  entryPoints: [join(here, "src/main.ts")],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  // Nothing but ASCII: the page may then be sent in any encoding.
  charset: "ascii",
  legalComments: "none",
  metafile: true,
  write: false,
  absWorkingDir: here,
});
// The page puts the script between tags and knows its hash: no line feed at the end, nothing that could close the tag.
const script = result.outputFiles[0].text.trim().replaceAll("</script", "<\\/script");
const packages = await bundledPackages(result.metafile);
const esbuild = JSON.parse(await readFile(join(here, "node_modules/esbuild/package.json"), "utf8")).version;
const record = {
  script: sha256(script),
  sources: await hashSources(),
  packages: Object.fromEntries(packages.map(({ name, version }) => [name, version])),
  esbuild,
};
const licences = packages.map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`);
await writeFile(join(assets, "explorer.js"), `${script}\n`);
await writeFile(join(assets, "explorer.build.json"), `${JSON.stringify(record, null, 2)}\n`);
await writeFile(
  join(assets, "explorer.licences.txt"),
  `explorer.js is built from web/explorer/src (Apache-2.0) and these packages:\n\n${licences.join("\n----\n\n")}`,
);
console.log(`explorer.js: ${script.length.toLocaleString("en")} characters, ${packages.map(({ name, version }) => `${name} ${version}`).join(", ")}`);
