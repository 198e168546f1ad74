// Runs the `bonafide` program and waits for what it prints. Knows no command of it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The program that `cargo xtask build` makes, or the one that `BONAFIDE_PROGRAM` names. */
export const program =
  process.env["BONAFIDE_PROGRAM"] ??
  join(process.env["CARGO_TARGET_DIR"] ?? join(root, "target"), "debug", "bonafide");

/** A generous ceiling: a slow machine is no failure. */
const START_MS = 60_000;

/**
 * Makes an empty folder, and says how to remove it.
 * @returns {{ path: string, remove: () => void }}
 */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), "bonafide-test-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A running `bonafide`. */
export class RunningProgram {
  /** Everything printed so far, for the message when something goes wrong. */
  output = "";
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /**
   * @param {string[]} args
   * @param {string} folder where it runs
   */
  constructor(args, folder) {
    // What the shell of whoever runs the tests says to a server of their own is not for this one.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("BONAFIDE_")));
    this.child = spawn(program, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    this.exited = once(this.child, "exit").catch(() => {});
    // A test run that is stopped leaves no server behind.
    const orphan = () => this.child.kill("SIGKILL");
    process.once("exit", orphan);
    void this.exited.then(() => process.off("exit", orphan));
    for (const stream of [this.child.stdout, this.child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        this.output += `${line}\n`;
        for (const listener of this.#listeners) listener();
      });
    }
  }

  /**
   * Waits until the output matches, and gives the match.
   * @param {RegExp} pattern
   * @returns {Promise<RegExpExecArray>}
   */
  printed(pattern) {
    return new Promise((resolve, reject) => {
      const settle = (/** @type {() => void} */ how) => {
        clearTimeout(deadline);
        this.#listeners.delete(look);
        this.child.off("exit", gone).off("error", gone);
        how();
      };
      const look = () => {
        const match = pattern.exec(this.output);
        if (match) settle(() => resolve(match));
      };
      const fail = (/** @type {string} */ why) =>
        settle(() => reject(new Error(`bonafide ${why} before printing ${pattern}. It printed:\n${this.output}`)));
      const gone = () => fail("ended");
      const deadline = setTimeout(() => fail(`took more than ${START_MS / 1000} s`), START_MS);
      this.#listeners.add(look);
      this.child.once("exit", gone).once("error", gone);
      look();
    });
  }

  /**
   * Ends it and waits until it is gone: `SIGTERM` is how an administrator stops it, `SIGKILL` is a power cut.
   * @param {"SIGTERM" | "SIGKILL"} [signal]
   */
  async stop(signal = "SIGTERM") {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal);
    }
    await this.exited;
  }
}
