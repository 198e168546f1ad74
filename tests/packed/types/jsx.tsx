// What the packed package's types accept and refuse of `<bonafide-chat>` itself in TSX.

import type { BonafideChatElement } from "@bonafide/chat/element";
import { createRef } from "react";

const chat = createRef<BonafideChatElement>();
const required = { widget: "wgt_1", server: "https://chat.example.com" };

export const bare = <bonafide-chat />;
export const minimal = <bonafide-chat {...required} />;
export const full = (
  <bonafide-chat
    {...required}
    lang="de"
    position="start"
    theme="dark"
    accent-color="#0b6b5f"
    launcher="none"
    open
    sound=""
    debug={false}
    getToken={async () => "token"}
    strings={{ title: "Support" }}
    onstarted={({ detail }) => detail.conversation}
    onerror={({ detail }) => detail.code}
    onsign-in={(event) => event.preventDefault()}
    // What every element has.
    key="chat"
    ref={chat}
    id="chat"
    className="chat"
    hidden
    style={{ colorScheme: "dark" }}
    data-turbo-permanent
    onClick={({ currentTarget }) => currentTarget.close()}
  />
);
// @ts-expect-error there are two corners
export const inTheMiddle = <bonafide-chat {...required} position="middle" />;
// @ts-expect-error no such attribute
export const misspelt = <bonafide-chat {...required} colour="#0b6b5f" />;
// @ts-expect-error a conversation has no such thing
export const noSuchDetail = <bonafide-chat {...required} onstarted={({ detail }) => detail.token} />;
// @ts-expect-error a token is a text
export const noText = <bonafide-chat {...required} getToken={async () => 42} />;
// @ts-expect-error it is no field
export const noField = <bonafide-chat {...required} ref={createRef<HTMLInputElement>()} />;
