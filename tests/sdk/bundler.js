// For bundlers that take WebAssembly as a module.
import { Engine } from "sdk/bonafide_widget.js";
import { begin } from "./chat.js";

begin(Engine);
