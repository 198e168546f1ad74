// How the flows run: system Chromium, no retries, pictures of every state kept beside the results.

import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "flows",
  outputDir: "../test-results/flows",
  // A flow that passes on the second try has failed.
  retries: 0,
  forbidOnly: true,
  // Each worker is a server, a browser and its pages: more of them only wait for each other.
  workers: 2,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    locale: "en-GB",
    launchOptions: {
      executablePath: process.env["BONAFIDE_CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        // Containers and CI run as root, where Chromium's own sandbox cannot work.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
