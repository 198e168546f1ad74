/**
 * The bytes a page loads, by brotli, from `dist/cdn`: before the chat is opened, and when it is. Languages other than
 * English and the developers' report are loaded by few and counted apart. `--json` for programs; exits 1 over budget.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadedWith } from "./loaded.mjs";

/** In bytes: the loader and launcher; and everything, opened and chatting. */
const BUDGET = { before: 6 * 1024, opened: 64 * 1024 };

const cdn = fileURLToPath(new URL("../dist/cdn", import.meta.url));
const measure = (file) => ({ file, bytes: statSync(join(cdn, file)).size, brotli: statSync(join(cdn, `${file}.br`)).size });
const sum = (files) => files.reduce((total, { brotli }) => total + brotli, 0);

const embed = readFileSync(join(cdn, "embed.js"), "utf8");
const assets = readdirSync(join(cdn, "assets")).filter((name) => /\.(js|wasm)$/.test(name));
/** What is opened: the chunk that the loader names with what it imports at once, and the engine. */
const entries = assets.filter((name) => name.endsWith(".js") && embed.includes(`assets/${name}`));
if (!entries.length) throw new Error("embed.js names none of the chunks beside it: build again");
const loaded = loadedWith(entries, (name) => readFileSync(join(cdn, "assets", name), "utf8"));
for (const name of assets) if (name.endsWith(".wasm")) loaded.add(name);

const asset = (name) => measure(`assets/${name}`);
const before = [measure("embed.js")];
const opening = [...loaded].map(asset);
const later = assets.filter((name) => !loaded.has(name)).map(asset);
const report = { before: sum(before), opened: sum(before) + sum(opening), budget: BUDGET, files: { before, opening, later } };

if (process.argv.includes("--json")) console.log(JSON.stringify(report, null, 2));
else {
  for (const [when, files] of Object.entries(report.files)) {
    console.log(`${when}:`);
    for (const { file, bytes, brotli } of files)
      console.log(`  ${file.padEnd(40)}${String(bytes).padStart(8)}${String(brotli).padStart(8)} br`);
  }
  console.log(
    `before the chat is opened: ${report.before} of ${BUDGET.before} bytes; opened and chatting: ${report.opened} of ${BUDGET.opened}`,
  );
}
process.exitCode = report.before > BUDGET.before || report.opened > BUDGET.opened ? 1 : 0;
