// A page's own module, as bundlers take it: the element from the package, made by script, with a function for tokens.

import "@bonafide/chat/element";

const { server, widget } = document.body.dataset;
const chat = document.createElement("bonafide-chat");
chat.getToken = async () => (await fetch("/auth/token")).text();
Object.assign(chat, { server, widget });
document.body.append(chat);
