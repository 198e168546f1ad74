// How the flows run: system Chromium, no retries, pictures of every state kept beside the results.

import { availableParallelism } from "node:os";

import { defineConfig } from "@playwright/test";

import { browser } from "./product/browser.mjs";

export default defineConfig({
  testDir: "flows",
  outputDir: "../test-results/flows",
  // One run has its ports together, however many workers come and go.
  globalSetup: "./product/ports.mjs",
  // A flow that passes on the second try has failed.
  retries: 0,
  forbidOnly: true,
  // What breaks everything need not be seen in each flow for its minute and a half.
  maxFailures: 12,
  // Each worker is a server, a browser and its pages. One more than there are processors, as much of a flow is waiting.
  workers: availableParallelism() + 1,
  fullyParallel: true,
  // Many pictures take a while where a machine has other work. What is stuck is ended by the limits of its single steps.
  timeout: 300_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    actionTimeout: 90_000,
    navigationTimeout: 90_000,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    locale: "en-GB",
    launchOptions: browser,
  },
});
