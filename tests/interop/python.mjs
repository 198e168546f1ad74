// Signs and judges tokens with PyJWT, in the virtual environment that `cargo xtask test` makes.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("pyjwt.py", import.meta.url));

/**
 * @param {object} request as `pyjwt.py` describes it
 * @returns {any}
 */
export function pyjwt(request) {
  const python = process.env["BONAFIDE_PYTHON"];
  if (!python) {
    throw new Error("set BONAFIDE_PYTHON to a Python that has PyJWT[crypto]; `cargo xtask test interop` installs one and sets it");
  }
  return JSON.parse(execFileSync(python, [script], { input: JSON.stringify(request) }).toString());
}
