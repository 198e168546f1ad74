// "Make it fail": replaces the page's client function, auth.getAuthenticationToken, by ones that go wrong.
// The tokens are really minted by the shop's server; nothing is made up here but a text that is no token.

const works = globalThis.auth.getAuthenticationToken;

async function token(path) {
  const answer = await fetch(path, { cache: "no-store" });
  return answer.text();
}

/** Name of the button, what it leads to, and the function; `null` takes the function away. */
const CHOICES = [
  ["Works", "Calls back with the signed-in customer's token, or with null when nobody is signed in.", works],
  [
    "Expired token",
    "Calls back with a token that was signed by the right key two hours ago, for one hour.",
    (callback) => token("/demo/token/expired").then(callback),
  ],
  [
    "Wrong key",
    "Calls back with a token that was signed by a key which the shop does not publish.",
    (callback) => token("/demo/token/wrong-key").then(callback),
  ],
  ["Not a JWT", "Calls back with a text that is no token, as when a sign-in page is answered.", (callback) => callback("<html>Please sign in</html>")],
  ["Calls back null", "Calls back with null: nobody is signed in.", (callback) => callback(null)],
  [
    "Calls back an error",
    "Calls back with null and an error, as when the token endpoint fails.",
    (callback) => callback(null, new Error("The token endpoint answered 500")),
  ],
  [
    "Throws",
    "Throws instead of calling back.",
    () => {
      throw new Error("No session");
    },
  ],
  ["Never calls back", "Does nothing. The chat waits 10 seconds for it.", () => {}],
  ["Function missing", "There is no function of this name in the page.", null],
  [
    "Returns a promise",
    "Returns a promise of the token instead of calling back, which is fine, too.",
    () => new Promise((resolve, reject) => works((token, error) => (error ? reject(error) : resolve(token)))),
  ],
];

/** Puts one button for each choice into `group`; `about` says what the pressed one does. */
export function offerFailures(group, about) {
  const buttons = CHOICES.map(([name, description, clientFunction], index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => choose(index));
    return { button, description, clientFunction };
  });

  function choose(index) {
    for (const [other, { button }] of buttons.entries()) {
      button.setAttribute("aria-pressed", String(other === index));
    }
    const { description, clientFunction } = buttons[index];
    about.textContent = description;
    if (clientFunction) {
      globalThis.auth.getAuthenticationToken = clientFunction;
    } else {
      delete globalThis.auth.getAuthenticationToken;
    }
  }

  group.replaceChildren(...buttons.map(({ button }) => button));
  choose(0);
}
