// How Chromium is started: the system's own, as it can run in containers and in CI.

/** Launch options for Playwright. */
export const browser = {
  executablePath: process.env["BONAFIDE_CHROMIUM"] ?? "/usr/bin/chromium",
  args: [
    // Containers and CI run as root, where Chromium's own sandbox cannot work.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    // Nothing but the test may use the network.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ],
};
