// For browsers, without a bundler.
import initialise, { Engine } from "./sdk/bonafide_widget.js";
import { begin } from "./chat.js";

await initialise();
begin(Engine);
