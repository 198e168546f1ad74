// Runs in the page. Its name, auth.getAuthenticationToken, goes into the authentication setting.
window.auth = {
  async getAuthenticationToken(callback) {
    try {
      const response = await fetch("/auth/token", { cache: "no-store" });
      if (response.status === 401) return callback(null); // not signed in
      if (!response.ok) throw new Error(`The token endpoint answered ${response.status}.`);
      callback(await response.text());
    } catch (error) {
      callback(null, error); // every way out calls back, or the visitor waits for 10 seconds
    }
  },
};
