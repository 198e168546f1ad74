/** Registers `<bonafide-chat>`. Doing it twice is harmless: the first definition stays. */
import { BonafideChatElement } from "./element";
import type { LoadChat } from "./module";

/** Defines the element where there are custom elements; `load` fetches what is needed once the chat is opened. */
export function defineElement(load: LoadChat): void {
  BonafideChatElement.load ??= load;
  const registry = globalThis.customElements;
  if (registry && !registry.get("bonafide-chat")) registry.define("bonafide-chat", BonafideChatElement);
}
