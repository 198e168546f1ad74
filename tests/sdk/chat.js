// A page that draws its own chat on the engine alone, as `wasm-pack build crates/widget` makes it. Loaded in two ways, beside this.

/** @param {typeof import("../../js/src/engine/pkg/bonafide_widget").Engine} Engine */
export function begin(Engine) {
  const { server, widget } = document.body.dataset;
  const show = (name, text) => {
    document.getElementById(name).textContent = text;
  };
  const engine = new Engine({ server, widget }, (output) => {
    if (output.type === "view") show("phase", output.view.phase);
    if (output.type === "message") show("message", output.message.text);
  });
  engine
    .start()
    .then(({ conversation, authenticated }) => {
      show("conversation", conversation);
      show("authenticated", String(authenticated));
      return engine.send("from the engine alone");
    })
    .then(
      ({ delivery }) => show("delivery", delivery),
      ({ code }) => show("error", code),
    );
}
