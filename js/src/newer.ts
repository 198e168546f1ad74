/**
 * What the server has in place of a chat whose files are gone. Only the script tag's loader can know; its own function stands
 * in place of this one there. A page that has the chat from npm is deployed with it, and has to be loaded anew.
 */
import type { ChatModule } from "./element/module";

/** The chat of the server's present version; nothing where there is none but this. */
export const newer = async (): Promise<ChatModule | undefined> => undefined;
