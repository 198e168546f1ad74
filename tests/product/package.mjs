// The npm package as a customer has it: packed, installed from its tarball into an empty project, built by their tools.

import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import react from "@vitejs/plugin-react";
import { build } from "vite";

import { temporaryFolder } from "./process.mjs";

const execute = promisify(execFile);
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const pages = join(root, "tests/packed");
const locked = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;

/** What a customer's project has beside the chat, in the versions that this repository was installed with. */
const BESIDE = ["react", "react-dom", "@types/react", "@types/react-dom"].map((name) => {
  const { version } = locked[`node_modules/${name}`];
  return `${name}@${version}`;
});

/** A customer's project. */
export class CustomersProject {
  #folder = temporaryFolder();
  /** The files of the tarball. @type {string[]} */
  files = [];

  /** Packs the chat and installs it into a fresh project with the pages of `tests/packed`. */
  static async install() {
    const project = new CustomersProject();
    try {
      cpSync(pages, project.folder, { recursive: true });
      const { stdout } = await execute("npm", ["pack", "--json", "--pack-destination", project.folder], { cwd: join(root, "js") });
      const [{ filename, files }] = JSON.parse(stdout);
      project.files = files.map((/** @type {{ path: string }} */ { path }) => path);
      writeFileSync(join(project.folder, "package.json"), JSON.stringify({ name: "customer", private: true, type: "module" }));
      await project.#run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", `./${filename}`, ...BESIDE]);
      return project;
    } catch (error) {
      project.remove();
      throw error;
    }
  }

  get folder() {
    return this.#folder.path;
  }

  /** Where the installed package is. */
  get package() {
    return join(this.folder, "node_modules/@bonafide/chat");
  }

  /**
   * Builds a page for the web with Vite, and says where the result is.
   * @param {string} page
   */
  async build(page) {
    const outDir = join(this.folder, "built", page);
    await build({ root: join(this.folder, page), configFile: false, logLevel: "warn", plugins: [react()], build: { outDir, emptyOutDir: true } });
    return outDir;
  }

  /**
   * Checks the types of the project with the compiler of this repository, and gives what it says.
   * @param {string[]} flags
   */
  typecheck(flags = []) {
    const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
    return this.#run(process.execPath, [tsc, "-p", ".", "--pretty", "false", ...flags]).then(
      () => "",
      (/** @type {{ stdout?: string, message: string }} */ error) => error.stdout || error.message,
    );
  }

  /**
   * @param {string} program
   * @param {string[]} args
   */
  #run(program, args) {
    return execute(program, args, { cwd: this.folder });
  }

  remove() {
    this.#folder.remove();
  }
}
