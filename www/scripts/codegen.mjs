// Writes src/api/schema.ts from the server's openapi.json. The result is committed; `--check` only compares.
import { readFile, writeFile } from "node:fs/promises";
import openapiTypescript, { astToString } from "openapi-typescript";

const source = new URL("../../crates/server/openapi.json", import.meta.url);
const target = new URL("../src/api/schema.ts", import.meta.url);

const header = "// Generated from crates/server/openapi.json by `npm run codegen -w www`. Do not edit.\n\n";
const text = header + astToString(await openapiTypescript(source, { alphabetize: true }));

if (process.argv.includes("--check")) {
  const committed = await readFile(target, "utf8").catch(() => "");
  if (committed !== text) {
    console.error("www/src/api/schema.ts does not match crates/server/openapi.json. Run `npm run codegen -w www`.");
    process.exit(1);
  }
} else {
  await writeFile(target, text);
}
