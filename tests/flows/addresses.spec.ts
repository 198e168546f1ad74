// Nothing that the flows start is at an address that something else had before it, in this worker or in another.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { Site } from "../product/site.mjs";
import { Wire } from "../product/wire.mjs";
import { expect, test } from "./fixtures";

/** Asked for any free port so often, a system gives one of them twice. */
const MANY = 300;

/** Another process of this run, as each worker is. */
async function portOfAnotherProcess(): Promise<string> {
  const script = `import { freshPort } from ${JSON.stringify(new URL("../product/ports.mjs", import.meta.url))}; console.log(await freshPort());`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script]);
  return stdout.trim();
}

test("no address is given twice, although what had it is closed", async ({ product, website }) => {
  const addresses = [product.server.url, website.origin];
  for (let count = 0; count < MANY; count += 1) {
    for (const opened of [await Site.start(), await Wire.to(product.server.url)]) {
      addresses.push(opened.url);
      await opened.close();
    }
    if (count % 100 === 0) addresses.push(`http://127.0.0.1:${await portOfAnotherProcess()}`);
  }
  expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
});
