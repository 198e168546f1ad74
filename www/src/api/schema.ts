// Generated from crates/server/openapi.json by `npm run codegen -w www`. Do not edit.

export interface paths {
    "/api/v1/admin/api-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All API tokens, without their secrets. */
        get: operations["listApiTokens"];
        put?: never;
        /** Makes an API token that acts as the administrator who asks. The answer is the only one that shows the secret. */
        post: operations["createApiToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/api-tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes an API token at once. */
        delete: operations["deleteApiToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audit, the newest entry first.
         * @description With `text`, one answer looks through at most 5,000 entries, so it may hold fewer than were wanted, even none, with a `next`
         *     to go on.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/authentication-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Authentication settings by name. */
        get: operations["listAuthenticationSettings"];
        put?: never;
        /** Records an authentication setting. */
        post: operations["createAuthenticationSetting"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/authentication-settings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An authentication setting. */
        get: operations["readAuthenticationSetting"];
        /** Replaces an authentication setting. Without an owner the owner stays; other absent fields take their defaults. */
        put: operations["replaceAuthenticationSetting"];
        post?: never;
        /** Deletes an authentication setting that no chat widget uses. */
        delete: operations["deleteAuthenticationSetting"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/authentication-settings/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tests an authentication setting. Problems with the keys or the token are the answer, not an error. */
        post: operations["testAuthenticationSetting"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/canned-replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shared canned replies by name. */
        get: operations["listSharedCannedReplies"];
        put?: never;
        /** Records a shared canned reply. */
        post: operations["createSharedCannedReply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/canned-replies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A shared canned reply. */
        get: operations["readSharedCannedReply"];
        /** Replaces a shared canned reply. */
        put: operations["replaceSharedCannedReply"];
        post?: never;
        /** Deletes a shared canned reply. */
        delete: operations["deleteSharedCannedReply"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/chat-widgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Chat widgets by name. */
        get: operations["listChatWidgets"];
        put?: never;
        /** Makes a chat widget. */
        post: operations["createChatWidget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/chat-widgets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A chat widget. */
        get: operations["readChatWidget"];
        /** Replaces a chat widget. */
        put: operations["replaceChatWidget"];
        post?: never;
        /**
         * Deletes a chat widget that has no open conversations. Pages that embed it show that it is gone.
         * @description Conversations that began with it stay for agents to read; their visitors' sessions end.
         */
        delete: operations["deleteChatWidget"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/chat-widgets/{id}/snippet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The script tag for a chat widget, and what the website's Content-Security-Policy needs. */
        get: operations["readChatWidgetSnippet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Contacts by name. */
        get: operations["listContacts"];
        put?: never;
        /** Records a contact. */
        post: operations["createContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A contact. */
        get: operations["readContact"];
        /** Replaces a contact. Its id cannot be changed. */
        put: operations["replaceContact"];
        post?: never;
        /** Deletes a contact. Conversations that were linked to it keep its id. */
        delete: operations["deleteContact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Operators by e-mail address. */
        get: operations["listOperators"];
        put?: never;
        /** Adds an operator. */
        post: operations["createOperator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/operators/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An operator. */
        get: operations["readOperator"];
        /**
         * Changes an operator. A new password, or disabling, ends their sessions.
         * @description Then their conversations wait again, unless a program of theirs is still connected with an API token.
         */
        put: operations["replaceOperator"];
        post?: never;
        /** Deletes an operator who has nothing to their name; others can be disabled. */
        delete: operations["deleteOperator"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Queues by name. */
        get: operations["listQueues"];
        put?: never;
        /** Makes a queue. */
        post: operations["createQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/queues/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A queue. */
        get: operations["readQueue"];
        /**
         * Replaces a queue.
         * @description Conversations of agents who serve it no more wait again.
         */
        put: operations["replaceQueue"];
        post?: never;
        /** Deletes a queue that no work stream names and that has no open conversations. */
        delete: operations["deleteQueue"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/work-streams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Work streams by name. */
        get: operations["listWorkStreams"];
        put?: never;
        /** Makes a work stream. */
        post: operations["createWorkStream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/work-streams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A work stream. */
        get: operations["readWorkStream"];
        /** Replaces a work stream. Conversations under way stay where they are. */
        put: operations["replaceWorkStream"];
        post?: never;
        /** Deletes a work stream that no chat widget uses. */
        delete: operations["deleteWorkStream"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/accept-next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes the conversation that is to be served next in the agent's queues: by priority, then those that were handed back, then
         *     longest wait. 409 for an agent who has as many as their capacity allows; they may still accept one that they choose.
         */
        post: operations["acceptNext"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The agent as their colleagues see them. */
        get: operations["readAvailability"];
        /**
         * The agent is here, or away. It stands until they say something else, also when they sign out.
         * @description Nothing is pushed to an agent who is away. They keep what they have, and may still take more by hand.
         */
        put: operations["setAvailability"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/canned-replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The agent's own canned replies and those that all share, by name. */
        get: operations["listCannedReplies"];
        put?: never;
        /** Records a canned reply of the agent's own. */
        post: operations["createCannedReply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/canned-replies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A canned reply of the agent's own. */
        get: operations["readCannedReply"];
        /** Replaces a canned reply of the agent's own. */
        put: operations["replaceCannedReply"];
        post?: never;
        /** Deletes a canned reply of the agent's own. */
        delete: operations["deleteCannedReply"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The agent and those who serve a queue together with them, by name. */
        get: operations["listColleagues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The conversations that wait in the agent's queues, by priority, then those that were handed back, then longest wait; then
         *     the agent's own. Or those of the agent's queues that ended unanswered, newest first; or what colleagues offer the agent; or,
         *     for supervisors only, all that are open.
         */
        get: operations["listConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a waiting conversation. Of many who try, one gets it; the others get 409 with that agent's name. */
        post: operations["acceptConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a conversation that waits, or that an agent has, to an agent who is here and serves its queue. For supervisors only. */
        post: operations["assignConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Closes a conversation that the agent has, for a reason and with a note where they say so. Closing what is closed changes
         *     nothing but that a reason and a note are taken, once.
         */
        post: operations["closeConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** To whom a conversation can be handed over: the colleagues who serve its queue, and all queues, with who is there. */
        get: operations["listHandOverTargets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Declines what is offered to the agent: it stays with who has it. */
        post: operations["declineOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** At most 200 events, in order. */
        get: operations["readEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a file to the visitor, as the body. What it is, is judged by its content. An answer means that it is stored, with the
         *     message that brings it; sending it again changes nothing and answers the same.
         */
        post: operations["sendFileAsAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of a conversation that the agent may read. */
        get: operations["readFileAsAgent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/hand-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a conversation back to whom it came from: offers it to that colleague; where they are not here, or do not serve its
         *     queue, it waits in the queue that it came from.
         */
        post: operations["handBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts a conversation of the agent's into a queue, or offers it to a colleague who is here and serves its queue.
         * @description In the queue it waits before the others of its priority, with all that was said and noted. An offer ends when the colleague
         *     accepts (`…/accept`) or declines it, when it is withdrawn, after 2 minutes, or when the conversation ends or waits again;
         *     until they accept, it stays with the agent.
         */
        post: operations["handOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Joins the agent who has a conversation: from then on the supervisor may write in it too, under their own name. It stays with
         *     that agent. For supervisors only.
         */
        post: operations["joinConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leaves a conversation that the supervisor joined. For supervisors only. */
        post: operations["leaveConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** At most 200 messages, in order: those after a number, or those before one. */
        get: operations["readMessagesAsAgent"];
        put?: never;
        /** Writes to the visitor. An answer means that it is stored; sending it again changes nothing. */
        post: operations["postMessageAsAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** At most 200 notes, in order. */
        get: operations["readNotes"];
        put?: never;
        /** Writes a note. An answer means that it is stored; sending it again changes nothing. */
        post: operations["postNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/same-person": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The earlier conversations of the verified person whom this one is with, and those that run elsewhere, newest start first.
         *     Empty where nobody is proved.
         * @description Whoever has the conversation, and a supervisor, learns of all of them; whoever else may read it, of those in queues that
         *     they serve. What was said in another is read by its own id, where `isReadable` says that it may be.
         */
        get: operations["listSamePerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the visitor is authenticated and why, who they are, and what is known. */
        get: operations["readSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/take-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a conversation over from the agent who has it. For supervisors only. Of two who try at once one gets it; the other
         *     gets 409 with that one's name.
         */
        post: operations["takeOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/transcript": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who it was with, how that was proved, and what was said. A text that ends without its last line, or JSON that is not
         *     complete, was cut off.
         */
        get: operations["readTranscript"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/conversations/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraws the offer of a conversation of the agent's. Where none is left nothing changes. */
        post: operations["withdrawOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The queues that the agent serves, by name. */
        get: operations["listServedQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Conversations that the agent may read, those that started last first: what they have or had, and what waits or ended
         *     unanswered in their queues.
         * @description One answer looks through at most 20,000 messages, so it may hold fewer than were wanted, even none, with a `next` to go on.
         */
        get: operations["searchConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agent/socket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A WebSocket, opened by the console's cookie from the console's own origin. The agent's side sends
         *     `AgentFrame`s, the server `AgentEvent`s.
         */
        get: operations["agentSocket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/authenticate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Judges a new token for a running conversation. */
        post: operations["authenticate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/context": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replaces the unsigned context of an anonymous conversation. Its place in the queue stays. */
        post: operations["setContext"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a conversation. It can still be read. */
        post: operations["endConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a file, as the body. What it is, is judged by its content. An answer means that it is stored, with the message that
         *     brings it; sending it again changes nothing and answers the same.
         */
        post: operations["sendFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of the conversation. */
        get: operations["readFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** At most 200 messages, in order: those after a number, or those before one. */
        get: operations["readMessages"];
        put?: never;
        /** Writes a message. An answer means that it is stored; sending it again changes nothing and answers the same. */
        post: operations["postMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Signs the visitor out: the session's secret opens nothing any more, and the conversation ends. Takes the session's
         *     revocation key in place of its secret.
         */
        delete: operations["visitorSignOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/socket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A WebSocket. Its first frame is a `VisitorFrame` `hello` with the session's secret; the server sends
         *     `VisitorEvent`s. The page's origin is checked before this.
         */
        get: operations["visitorSocket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes the password of whoever is signed in. All other sessions of theirs are over; this one goes on. */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in. */
        get: operations["whoAmI"];
        put?: never;
        /** Signs an operator in; the cookie `bonafide_session` is in the answer. */
        post: operations["signIn"];
        /**
         * Signs out. Without a session there is nothing to do.
         * @description The operator's conversations wait again, unless another console of theirs is connected. What they have,
         *     `GET /agent/conversations?state=active` says before.
         */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server waits for its first administrator. */
        get: operations["isSetUpNeeded"];
        put?: never;
        /** Makes the first administrator, and signs them in. The link works once. */
        post: operations["setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/widgets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The configuration of a chat widget. */
        get: operations["widgetConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/widgets/{id}/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Starts a conversation. An answer means that it is stored. Where the work stream resumes, and the token's person has an
         *     open conversation, that one is answered, with a session of its own for this page.
         */
        post: operations["startConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description `POST /agent/accept-next`. */
        AcceptedNext: {
            conversation?: components["schemas"]["AgentConversation"] | null;
        };
        /** @description Who did something. */
        Actor: {
            /** @description Who. */
            id: components["schemas"]["OperatorId"];
            /** @enum {string} */
            kind: "operator";
            /** @description Their name at the time. */
            name: string;
        } | {
            /** @enum {string} */
            kind: "visitor";
        } | {
            /** @enum {string} */
            kind: "system";
        };
        /**
         * @description A conversation in an agent's inbox. Waiting ones come in routing order: priority, then those that an agent had already
         *     (`handedBack`), then longest wait.
         */
        AgentConversation: {
            acceptedAt?: components["schemas"]["Timestamp"] | null;
            agent?: components["schemas"]["AgentName"] | null;
            /** @description Whether the visitor's identity is proved. */
            authenticated: components["schemas"]["YesNo"];
            closedAt?: components["schemas"]["Timestamp"] | null;
            /** @description The reason its agent gave when it was closed. */
            closingReason?: string | null;
            /**
             * Format: int32
             * @description The highest message number that arrived in the visitor's browser; never below `readByVisitor`. After a restart of the
             *     server it is only that until the browser comes back.
             */
            deliveredToVisitor: number;
            /**
             * @description Whether an agent had it and could not go on, so that it came back into its queue. While it waits, it stands before the
             *     others of its priority.
             */
            handedBack: boolean;
            /** @description The conversation. */
            id: components["schemas"]["ConversationId"];
            /** @description State of that proof. */
            identity: components["schemas"]["Identity"];
            /** @description The supervisors who write in it beside its agent. */
            joined: components["schemas"]["AgentName"][];
            /**
             * Format: int32
             * @description The highest message number.
             */
            lastSeq: number;
            /** @description Text of the last message, cut to 120 characters. */
            lastText?: string | null;
            offer?: components["schemas"]["Offer"] | null;
            /**
             * Format: int32
             * @description Its priority.
             */
            priority: number;
            /** @description Whether they did not take it themselves: their queue or a supervisor gave it. */
            pushed: boolean;
            /** @description Its queue. */
            queue: components["schemas"]["AgentQueue"];
            /**
             * Format: int32
             * @description The highest message number the agent's side has read.
             */
            readByAgent: number;
            /**
             * Format: int32
             * @description The highest message number the visitor has read.
             */
            readByVisitor: number;
            /** @description When it was started. */
            startedAt: components["schemas"]["Timestamp"];
            /** @description Where it stands. */
            state: components["schemas"]["ConversationState"];
            /** @description Who it is with: the linked contact's name, else a name the token vouches for; `null` for an unknown visitor. */
            visitor?: string | null;
            /** @description Whether the visitor is there. */
            visitorPresence: components["schemas"]["VisitorPresence"];
        };
        /** @description What the server sends to an agent console's socket. */
        AgentEvent: {
            /**
             * Format: int32
             * @description How often a `heartbeat` comes, in milliseconds.
             */
            heartbeatMs: number;
            /** @description The server's time. */
            serverTime: components["schemas"]["Timestamp"];
            /** @enum {string} */
            type: "welcome";
        } | {
            /** @description The server's time. */
            serverTime: components["schemas"]["Timestamp"];
            /** @enum {string} */
            type: "heartbeat";
        } | {
            /** @description As it stands now. */
            conversation: components["schemas"]["AgentConversation"];
            /** @enum {string} */
            type: "conversation";
        } | {
            agent?: components["schemas"]["AgentName"] | null;
            /** @description The conversation. */
            conversation: components["schemas"]["ConversationId"];
            /** @enum {string} */
            type: "gone";
        } | {
            /** @description The conversation. */
            conversation: components["schemas"]["ConversationId"];
            /** @description The message. */
            message: components["schemas"]["Message"];
            /** @enum {string} */
            type: "message";
        } | {
            /** @description The conversation. */
            conversation: components["schemas"]["ConversationId"];
            /** @description The note. */
            note: components["schemas"]["Note"];
            /** @enum {string} */
            type: "note";
        } | {
            /** @description The conversation. */
            conversation: components["schemas"]["ConversationId"];
            /** @description What. */
            event: components["schemas"]["ConversationEvent"];
            /** @enum {string} */
            type: "conversation-event";
        } | {
            /** @description As they stand now. */
            colleague: components["schemas"]["Colleague"];
            /** @enum {string} */
            type: "colleague";
        } | {
            /** @description The conversation. */
            conversation: components["schemas"]["ConversationId"];
            /** @enum {string} */
            type: "typing";
        } | {
            /** @enum {string} */
            type: "resync";
        } | {
            /** @description Why. */
            problem: components["schemas"]["Problem"];
            /** @enum {string} */
            type: "error";
        };
        /** @description What an agent console's socket sends. The operator's cookie opened it; there is no hello. */
        AgentFrame: {
            /** @enum {string} */
            type: "heartbeat";
        } | {
            /** @description The conversation. */
            conversation: components["schemas"]["ConversationId"];
            /** @enum {string} */
            type: "typing";
        } | {
            /** @description The conversation. */
            conversation: components["schemas"]["ConversationId"];
            /**
             * Format: int32
             * @description Highest `seq` seen.
             */
            seq: number;
            /** @enum {string} */
            type: "read";
        };
        /** @description An agent by id and name. */
        AgentName: {
            /** @description The operator. */
            id: components["schemas"]["OperatorId"];
            /** @description Their name. */
            name: string;
        };
        /** @description A queue by id and name. */
        AgentQueue: {
            /** @description The queue. */
            id: components["schemas"]["QueueId"];
            /** @description Its name. */
            name: string;
        };
        /** @description An API token, without its secret. */
        ApiToken: {
            /** @description When it was made. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description The token's id. */
            id: components["schemas"]["ApiTokenId"];
            /** @description What it is for. */
            name: string;
            /** @description As whom it acts. */
            operator: components["schemas"]["OperatorId"];
        };
        /**
         * @description An API token of an operator.
         *
         *     Opaque to clients: compare it, keep it, put it in a path; nothing else.
         */
        ApiTokenId: string;
        /** @description How a chat widget looks and what it says. Absent fields take the widget's defaults. */
        Appearance: {
            /** @description Colour of launcher and own messages as `#rrggbb`. */
            accentColor?: string | null;
            /** @description Shown before the first message, at most 500 characters. */
            greeting?: string | null;
            position?: components["schemas"]["LauncherPosition"] | null;
            /** @description The chat's heading, at most 60 characters. */
            title?: string | null;
        };
        /** @description `POST /agent/conversations/{id}/assign`. */
        Assign: {
            from?: components["schemas"]["OperatorId"] | null;
            /** @description Who has it from then on: somebody who is here and serves its queue. */
            to: components["schemas"]["OperatorId"];
        };
        /**
         * @description How the conversations of a queue come to an agent.
         * @enum {string}
         */
        Assignment: "pick" | "push";
        /** @description A file that a message brings. It is read at `…/conversations/{id}/files/{file}`. */
        Attachment: {
            /**
             * Format: int32
             * @description Its size.
             */
            bytes: number;
            /**
             * Format: int32
             * @description Of an image, in pixels, as the file states it.
             */
            height?: number | null;
            /** @description The file. */
            id: components["schemas"]["FileId"];
            /** @description Its name, without a folder and without characters that show it as another; it ends as names of its type do. */
            name: string;
            /** @description What it is, judged by its content. */
            type: components["schemas"]["FileType"];
            /**
             * Format: int32
             * @description Of an image, in pixels, as the file states it.
             */
            width?: number | null;
        };
        /** @description One line of the audit. Append-only. */
        AuditEntry: {
            /** @description What was done: `authentication-setting.updated`, `token.refused`, `keys.changed`, `keys.passed-over` … */
            action: string;
            /** @description Who did it. */
            actor: components["schemas"]["Actor"];
            /** @description When. */
            at: components["schemas"]["Timestamp"];
            code?: components["schemas"]["ErrorCode"] | null;
            /** @description What a person needs to understand it; for a change the fields before and after. Never a token or key. */
            details: Record<string, never>;
            /** @description The entry. */
            id: components["schemas"]["AuditId"];
            /** @description Joins the entry to an answer and to the log. */
            requestId?: string | null;
            /** @description Id of what it was done to. */
            subject?: string | null;
            /** @description What that was called then; `null` where nothing is known of it. */
            subjectName?: string | null;
        };
        /**
         * @description An audit entry.
         *
         *     Opaque to clients: compare it, keep it, put it in a path; nothing else.
         */
        AuditId: string;
        /** @description `POST /conversations/{id}/authenticate`: renew the proof, or upgrade an anonymous chat. */
        Authenticate: {
            /**
             * Format: password
             * @description The visitor's JWT.
             */
            token: string;
        };
        /** @description The proof of a visitor's identity, or why there is none. */
        Authentication: {
            /** @description When the last verified token expires. */
            expiresAt: components["schemas"]["Timestamp"];
            /** @description The token's `iss`. */
            issuer: string;
            /** @description SHA-256 of the key, as lower-case hex. */
            keyFingerprint: string;
            /** @description The token's `kid`. */
            keyId?: string | null;
            /** @description The authentication setting that was used. */
            setting: components["schemas"]["SettingName"];
            /** @description Whether that has passed. */
            state: components["schemas"]["ProofState"];
            /** @description The token's `sub`. */
            subject: string;
            /** @description When the last token was verified. */
            verifiedAt: components["schemas"]["Timestamp"];
        } | {
            /** @description Why. */
            reason: components["schemas"]["UnverifiedReason"];
        };
        /** @description An authentication setting. */
        AuthenticationSetting: {
            /** @description Dotted name of the page's function. */
            clientFunction: string;
            /** @description When it was recorded. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Required `aud`. */
            expectedAudience?: string | null;
            /** @description Required `iss`. */
            expectedIssuer?: string | null;
            /** @description The setting. */
            id: components["schemas"]["AuthenticationSettingId"];
            /**
             * Format: int32
             * @description Tolerance for clocks that differ, in seconds.
             */
            leewaySeconds: number;
            /** @description Its name. */
            name: string;
            /** @description Who answers for it. */
            owner: string;
            /** @description Where the website publishes its public keys. */
            publicKeyUrl: string;
            /** @description Whether each `jti` is accepted once only. */
            singleUse: boolean;
            /** @description Always `oauth2-implicit`. */
            type: components["schemas"]["AuthenticationType"];
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
            /** @description The chat widgets that use it. */
            usedBy: components["schemas"]["Reference_ChatWidgetId"][];
            /**
             * Format: int64
             * @description Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
             */
            version: number;
        };
        /** @description `POST /admin/authentication-settings`, `PUT …/{id}`. */
        AuthenticationSettingBody: {
            /** @description Dotted name of the page's function, at most 100 characters. */
            clientFunction: string;
            /** @description When present, `aud` must be or contain exactly this. */
            expectedAudience?: string | null;
            /** @description When present, `iss` must be exactly this. */
            expectedIssuer?: string | null;
            /**
             * Format: int32
             * @description Tolerance for clocks that differ, 0 to 300 s; 60 when absent.
             */
            leewaySeconds?: number | null;
            /** @description 1 to 100 characters, not in use. */
            name: string;
            /** @description Who answers for it; the operator who records it when absent. At most 100 characters. */
            owner?: string | null;
            /** @description Where the website publishes its public keys: an `https` URL of at most 2,048 characters. */
            publicKeyUrl: string;
            /** @description Accept each `jti` of an issuer once only; false when absent. */
            singleUse?: boolean | null;
        };
        /**
         * @description An authentication setting.
         *
         *     Opaque to clients: compare it, keep it, put it in a path; nothing else.
         */
        AuthenticationSettingId: string;
        /**
         * @description How a website signs its visitors in. There is one way.
         * @enum {string}
         */
        AuthenticationType: "oauth2-implicit";
        /**
         * @description Who wrote a message.
         * @enum {string}
         */
        Author: "visitor" | "agent";
        /** @description What an agent says of themselves. It stands until they say something else, also when they sign out. */
        Availability: {
            /** @description Why they are away, in their words; `null` when they gave no reason, or are here. */
            reason?: string | null;
            since?: components["schemas"]["Timestamp"] | null;
            /** @description Here or away. */
            state: components["schemas"]["AvailabilityState"];
        };
        /** @description `PUT /agent/availability`. */
        AvailabilityChange: {
            /** @description Why away, 1 to 100 characters, for colleagues to read: *Break*, *Training* … */
            reason?: string | null;
            /** @description Here or away. */
            state: components["schemas"]["AvailabilityState"];
        };
        /**
         * @description Whether an agent takes conversations.
         * @enum {string}
         */
        AvailabilityState: "here" | "away";
        BTreeMap: {
            [key: string]: boolean | components["schemas"]["Number"] | string;
        };
        /** @description From whom a conversation came. */
        CameFrom: {
            /** @description Who had it. */
            agent: components["schemas"]["AgentName"];
            /** @description The queue that it was in then. */
            queue: components["schemas"]["AgentQueue"];
        };
        /** @description A canned reply. */
        CannedReply: {
            /** @description When it was recorded. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description The reply. */
            id: components["schemas"]["CannedReplyId"];
            /** @description What it is found by. */
            name: string;
            /** @description Whether all agents have it; else it is the reader's own. */
            shared: boolean;
            /** @description What it says, with variables. */
            text: string;
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
             */
            version: number;
        };
        /** @description `POST /admin/canned-replies`, `POST /agent/canned-replies`, and `PUT …/{id}`. */
        CannedReplyBody: {
            /** @description What it is found by, 1 to 50 characters; no other of the same owner's has it. */
            name: string;
            /**
             * @description 1 to 4,000 characters. May hold the variables `{visitor}`, `{agent}`, `{queue}` and `{context.NAME}`, with the name of
             *     a context variable that a work stream declares. The console fills them in when it inserts the reply.
             */
            text: string;
        };
        /**
         * @description A canned reply.
         *
         *     Opaque to clients: compare it, keep it, put it in a path; nothing else.
         */
        CannedReplyId: string;
        /** @description A chat widget. */
        ChatWidget: {
            /** @description Origins that may embed it. */
            allowedOrigins: string[];
            /** @description How it looks and what it says. */
            appearance: components["schemas"]["Appearance"];
            authenticationSetting?: components["schemas"]["Reference_AuthenticationSettingId"] | null;
            /** @description When it was recorded. */
            createdAt: components["schemas"]["Timestamp"];
            files?: components["schemas"]["FilePolicy"] | null;
            /** @description The widget. */
            id: components["schemas"]["ChatWidgetId"];
            /** @description Its name. */
            name: string;
            /**
             * Format: int32
             * @description How long a waiting visitor who is gone keeps their place, in seconds.
             */
            releaseSeconds: number;
            /** @description Whether a chat needs a token. */
            signIn: components["schemas"]["SignIn"];
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
             */
            version: number;
            /** @description Where its conversations enter. */
            workStream: components["schemas"]["Reference_WorkStreamId"];
        };
        /** @description `POST /admin/chat-widgets`, `PUT …/{id}`. */
        ChatWidgetBody: {
            /** @description Exact origins such as `https://www.example.com`, or the single entry `*` for any page. */
            allowedOrigins: string[];
            /** @description How it looks and what it says. */
            appearance?: components["schemas"]["Appearance"];
            authenticationSetting: components["schemas"]["AuthenticationSettingId"] | null;
            files?: components["schemas"]["FilePolicy"] | null;
            /** @description 1 to 100 characters, not in use. */
            name: string;
            /**
             * Format: int32
             * @description How long a waiting visitor who is gone keeps their place, 60 to 86,400 s; 600 when absent. Then the conversation ends.
             */
            releaseSeconds?: number | null;
            /** @description Whether a chat needs a token. Has no effect without an authentication setting. */
            signIn: components["schemas"]["SignIn"];
            /** @description Where its conversations enter. */
            workStream: components["schemas"]["WorkStreamId"];
        };
        /**
         * @description A chat widget.
         *
         *     Opaque to clients: compare it, keep it, put it in a path; nothing else.
         */
        ChatWidgetId: string;
        /** @description `POST /agent/conversations/{id}/close`; the body may be left out. */
        CloseConversation: {
            /** @description A note for colleagues, 1 to 4,000 characters, stored with the close. */
            note?: string | null;
            /** @description One of the reasons that the work stream offers. Some work streams require one. */
            reason?: string | null;
        };
        /** @description What is said of a conversation when it is closed. */
        Closing: {
            /** @description The one that was chosen. */
            reason?: string | null;
            /** @description The reasons to choose from, in the administrators' order. Empty where there are none. */
            reasons: string[];
            /** @description Whether one must be chosen. */
            required: boolean;
        };
        /** @description An agent as their colleagues see them. */
        Colleague: {
            /**
             * Format: int32
             * @description How many conversations they have now.
             */
            active: number;
            /** @description What they say of themselves. */
            availability: components["schemas"]["Availability"];
            /**
             * Format: int32
             * @description How many they are given at most; `null` for no limit.
             */
            capacity?: number | null;
            /** @description Whether a console of theirs was connected when this was read. */
            connected: boolean;
            /** @description The operator. */
            id: components["schemas"]["OperatorId"];
            /** @description Their name. */
            name: string;
        };
        /** @description `GET /agent/conversations/{id}/colleagues`: to whom it can be handed over. */
        Colleagues: {
            /** @description Who serves its queue, besides the one who asks, by name. */
            agents: components["schemas"]["HandOverAgent"][];
            /** @description All queues, by name. */
            queues: components["schemas"]["StaffedQueue"][];
        };
        /**
         * @description How a test compares a context variable with its value. A variable that is not set only passes `notEquals`.
         * @enum {string}
         */
        Comparison: "equals" | "notEquals" | "greaterThan" | "atLeast" | "lessThan" | "atMost" | "contains" | "startsWith" | "isSet";
        /** @description What must hold for a rule to match: all of its tests, or any of them. At most 20 tests; `all` of none holds. */
        Condition: {
            /** @description The tests. */
            all: components["schemas"]["Test"][];
        } | {
            /** @description The tests. */
            any: components["schemas"]["Test"][];
        };
        /** @description A contact. */
        Contact: {
            /** @description Whether it is linked to conversations. */
            active: boolean;
            /** @description When it was recorded. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description E-mail address. */
            email?: string | null;
            /** @description The contact. */
            id: components["schemas"]["ContactId"];
            /** @description Its name. */
            name: string;
            /** @description Telephone number. */
            phone?: string | null;
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
             */
            version: number;
        };
        /** @description `POST /admin/contacts`, `PUT …/{id}`. */
        ContactBody: {
            /** @description Only active contacts are linked to conversations. */
            active: boolean;
            /** @description E-mail address. */
            email?: string | null;
            id?: components["schemas"]["ContactId"] | null;
            /** @description 1 to 200 characters. */
            name: string;
            /** @description Telephone number, at most 50 characters. */
            phone?: string | null;
        };
        /**
         * @description A contact. An administrator may give a contact the GUID it has elsewhere, so not all begin with the prefix.
         *
         *     Opaque to clients: compare it, keep it, put it in a path; nothing else.
         */
        ContactId: string;
        /** @description Context of a token that a work stream does not admit. */
        ContextReport: {
            /** @description What it does not admit. */
            notAdmitted: components["schemas"]["NotAdmitted"][];
            /** @description The work stream. */
            workStream: components["schemas"]["Reference_WorkStreamId"];
        };
        /** @description A value of a context variable. JSON primitives only; what is `null` is not there. */
        ContextValue: boolean | components["schemas"]["Number"] | string;
        /** @description Declares a context variable. */
        ContextVariable: {
            /** @description 1 to 100 characters, compared exactly. */
            name: string;
            /** @description What its value must be. */
            type: components["schemas"]["VariableType"];
        };
        /** @description A conversation as its visitor sees it. */
        Conversation: {
            /** @description Name of the agent who took it. */
            agent?: string | null;
            /** @description Whether the server has proof of who the visitor is. */
            authenticated: boolean;
            /** @description The conversation. */
            id: components["schemas"]["ConversationId"];
            /** @description State of that proof. */
            identity: components["schemas"]["Identity"];
            identityExpiresAt?: components["schemas"]["Timestamp"] | null;
            /**
             * Format: int32
             * @description Place in the queue, from 1; `null` when it no longer waits, and while nobody who serves the queue is there: no agent
             *     of it, and no supervisor, who is at a console and not away.
             */
            position?: number | null;
            /** @description Name of the queue it waits or waited in. */
            queue: string;
            /**
             * Format: int32
             * @description The highest message number the agent's side has read.
             */
            readByAgent: number;
            /** @description Where the conversation stands. */
            state: components["schemas"]["ConversationState"];
        };
        /** @description Something that happened to a conversation. */
        ConversationEvent: {
            /**
             * Format: int32
             * @description The `seq` of the last message before it; 0 when there was none. Its place in the flow.
             */
            afterSeq: number;
            /** @description When it happened. */
            at: components["schemas"]["Timestamp"];
            /** @description Who did it. */
            by: components["schemas"]["EventParty"];
            /** @description What was so before, or what more there is to say; what `kind` says. */
            detail?: string | null;
            /** @description What. */
            kind: components["schemas"]["ConversationEventKind"];
            /** @description The agent's name, or what the person is called from now on; what `kind` says. */
            name?: string | null;
            /**
             * Format: int32
             * @description Order among the conversation's events, from 1, without gaps.
             */
            number: number;
        };
        /**
         * @description What happened.
         * @enum {string}
         */
        ConversationEventKind: "accepted" | "pushed" | "handed-back" | "offered" | "offer-declined" | "offer-withdrawn" | "offer-lapsed" | "handed-over" | "requeued" | "taken-over" | "assigned" | "joined" | "left" | "closed" | "authenticated" | "renewed" | "resumed" | "identity-changed" | "lapsed" | "other-person" | "signed-out";
        /** @description Events of a conversation, in order of `number`. */
        ConversationEvents: {
            /** @description At most 200. */
            items: components["schemas"]["ConversationEvent"][];
            /** @description Whether there are more after the last. */
            more: boolean;
        };
        /**
         * @description A conversation.
         *
         *     Opaque to clients: compare it, keep it, put it in a path; nothing else.
         */
        ConversationId: string;
        /** @description Messages as their visitor reads them, with the conversation: who has no socket needs nothing else. */
        ConversationMessages: {
            /** @description The conversation, as it stood before the messages were read. */
            conversation: components["schemas"]["Conversation"];
            /** @description At most 200, in order of `seq`. */
            items: components["schemas"]["Message"][];
            /** @description Whether there are more in the direction that was asked for: `after` the last `seq`, or `before` the first. */
            more: boolean;
        };
        /**
         * @description Where a conversation stands.
         * @enum {string}
         */
        ConversationState: "waiting" | "active" | "closed";
        /** @description `GET /agent/conversations/{id}/summary`: what the agent sees first. */
        ConversationSummary: {
            agent?: components["schemas"]["AgentName"] | null;
            /** @description Whether the visitor's identity is proved. */
            authenticated: components["schemas"]["YesNo"];
            /** @description The proof, or why there is none. */
            authentication: components["schemas"]["Authentication"];
            cameFrom?: components["schemas"]["CameFrom"] | null;
            /** @description What its agent may choose, or has chosen, when it is closed. */
            closing: components["schemas"]["Closing"];
            /** @description The customer's record, or why none is linked. */
            contact: components["schemas"]["LinkedContact"];
            /** @description What the website vouches for, and what the page merely says. */
            context: components["schemas"]["SummaryContext"];
            files?: components["schemas"]["FilePolicy"] | null;
            /** @description The conversation. */
            id: components["schemas"]["ConversationId"];
            /** @description Whether the reader may only read it: another agent had it, and they have a chat with the same person now. */
            isReadOnly: boolean;
            /** @description The supervisors who write in it beside its agent. */
            joined: components["schemas"]["AgentName"][];
            offer?: components["schemas"]["Offer"] | null;
            /**
             * @description The same person's other open conversations in queues that the agent serves, newest first, at most 20: the same
             *     `sub` of the same `iss`, proved under the same authentication setting.
             */
            otherConversations: components["schemas"]["OtherConversation"][];
            /** @description The page it was started from, as the browser tells it. */
            page: components["schemas"]["PageInfo"];
            /**
             * Format: int32
             * @description Higher is served first.
             */
            priority: number;
            /** @description What the token says about the person. Empty without one. */
            profile: components["schemas"]["Profile"];
            /** @description Its queue. */
            queue: components["schemas"]["AgentQueue"];
            /** @description Name of the routing rule that chose the queue; `null` for the fallback queue, and for one that an agent chose. */
            rule?: string | null;
            /** @description When it was started. */
            startedAt: components["schemas"]["Timestamp"];
            /** @description Where it stands. */
            state: components["schemas"]["ConversationState"];
            /** @description Whether the visitor was there when this was read; the conversation in the inbox says it from then on. */
            visitorPresence: components["schemas"]["VisitorPresence"];
        };
        /** @description Answer to [`NewApiToken`]: the only time the secret is shown. */
        CreatedApiToken: {
            /** @description The token's id. */
            id: components["schemas"]["ApiTokenId"];
            /** @description What it is for. */
            name: string;
            /** @description Goes into `Authorization: Bearer`. */
            secret: components["schemas"]["Secret"];
        };
        /**
         * @description Every error code, in order of stage.
         * @enum {string}
         */
        ErrorCode: "configuration-invalid" | "wasm-blocked" | "network-unreachable" | "client-function-not-found" | "client-function-failed" | "client-function-timeout" | "token-not-provided" | "token-malformed" | "token-algorithm-unsupported" | "token-key-unknown" | "token-key-expired" | "token-signature-invalid" | "token-claim-missing" | "token-claim-invalid" | "token-expired" | "token-not-yet-valid" | "token-context-invalid" | "token-replayed" | "keys-unavailable" | "keys-invalid" | "widget-not-found" | "conversation-not-found" | "not-found" | "origin-not-allowed" | "rate-limited" | "session-expired" | "sign-in-required" | "forbidden" | "invalid-request" | "conflict" | "record-changed" | "version-required" | "payload-too-large" | "unavailable" | "internal";
        /**
         * @description Who made something happen.
         * @enum {string}
         */
        EventParty: "visitor" | "operator" | "system";
        /** @description What is wrong with one field of a request. */
        FieldError: {
            /** @description The kind of fault, for programs. */
            code: components["schemas"]["FieldErrorCode"];
            /** @description What is wrong and what would be right, as a sentence. */
            message: string;
            /** @description The field's path in the request, `rules[2].queue` for one inside a list; empty for the whole body. */
            name: string;
        };
        /**
         * @description Kinds of fault in a field.
         * @enum {string}
         */
        FieldErrorCode: "duplicate" | "invalid" | "not-found" | "required" | "too-long" | "unknown";
        /**
         * @description A file of a conversation.
         *
         *     Opaque to clients: compare it, keep it, put it in a path; nothing else.
         */
        FileId: string;
        /** @description Which files may be sent in the conversations of a chat widget, by either side. */
        FilePolicy: {
            /**
             * Format: int32
             * @description The largest file, 1,024 to 26,214,400 bytes.
             */
            maxBytes: number;
            /** @description Which types; at least one. */
            types: components["schemas"]["FileType"][];
        };
        /**
         * @description What kind of file may be sent.
         * @enum {string}
         */
        FileType: "image/png" | "image/jpeg" | "image/webp" | "image/gif" | "application/pdf";
        /** @description A conversation that was found. */
        FoundConversation: {
            /** @description As the inbox shows it. */
            conversation: components["schemas"]["AgentConversation"];
            message?: components["schemas"]["FoundMessage"] | null;
        };
        /** @description What was found, those that started last first. */
        FoundConversations: {
            /**
             * @description At most as many as were wanted. One answer looks through a limited number of messages, so there may be fewer, even none,
             *     while `next` says that there is more to look through.
             */
            items: components["schemas"]["FoundConversation"][];
            /** @description Give this as `cursor` to go on; `null` when everything was looked through. */
            next?: string | null;
            searchedTo?: components["schemas"]["Timestamp"] | null;
        };
        /** @description A message that was found. */
        FoundMessage: {
            /** @description At most 160 characters around the first word that was looked for; cut ends are marked with `…`. */
            excerpt: string;
            /** @description Who wrote it. */
            from: components["schemas"]["Author"];
            /** @description The agent's name. */
            name?: string | null;
            /** @description When it was sent. */
            sentAt: components["schemas"]["Timestamp"];
            /**
             * Format: int32
             * @description Its number.
             */
            seq: number;
        };
        /** @description `POST /agent/conversations/{id}/hand-back`; the body may be left out. */
        HandBack: {
            /** @description A note for colleagues, 1 to 4,000 characters, stored with it. */
            note?: string | null;
        };
        /** @description `POST /agent/conversations/{id}/hand-over`: to a queue or to an agent, one of the two. */
        HandOver: {
            agent?: components["schemas"]["OperatorId"] | null;
            /** @description A note for colleagues, 1 to 4,000 characters, stored with it. */
            note?: string | null;
            queue?: components["schemas"]["QueueId"] | null;
        };
        /** @description An agent to whom a conversation can be handed over. */
        HandOverAgent: {
            /**
             * Format: int32
             * @description How many conversations they have.
             */
            active: number;
            /** @description The operator. */
            id: components["schemas"]["OperatorId"];
            /** @description Whether they say that they are away. */
            isAway: boolean;
            /** @description Whether a console of theirs is there. To one who is not, nothing can be offered. */
            isHere: boolean;
            /** @description Their name. */
            name: string;
        };
        /**
         * @description State of a visitor's proof of identity.
         * @enum {string}
         */
        Identity: "none" | "current" | "lapsed";
        /** @description One public key. */
        KeyReport: {
            /**
             * Format: int32
             * @description Size of the modulus in bits.
             */
            bits: number;
            expiresAt?: components["schemas"]["Timestamp"] | null;
            /** @description SHA-256 of its SubjectPublicKeyInfo (DER), as lower-case hex. */
            fingerprint: string;
            /** @description Its key id. */
            kid?: string | null;
        };
        /** @description What the public key URL answered. */
        KeysReport: {
            /**
             * Format: int32
             * @description Size of the body in bytes.
             */
            bytes?: number | null;
            code?: components["schemas"]["ErrorCode"] | null;
            /** @description The answer's Content-Type. Not used to decide the form. */
            contentType?: string | null;
            /**
             * Format: int32
             * @description How long the website took to answer, in milliseconds; not what this server waited before it asked.
             */
            durationMs: number;
            /** @description The body's form: `pem`, `array` or `jwks`. */
            format?: string | null;
            /** @description The keys found. */
            keys: components["schemas"]["KeyReport"][];
            /** @description What was found, or what went wrong and where (line and column), as a sentence. */
            message: string;
            /** @description Entries of an array or JWKS that gave no key. They take no other with them. */
            passedOver: components["schemas"]["PassedOverReport"][];
            /**
             * Format: int32
             * @description The HTTP status; `null` when there was no answer.
             */
            status?: number | null;
        };
        /**
         * @description Corner of the page in which the launcher sits.
         * @enum {string}
         */
        LauncherPosition: "start" | "end";
        /**
         * @description What led to a contact.
         * @enum {string}
         */
        LinkedBy: "subject";
        /** @description The customer's record, or why none is linked. */
        LinkedContact: {
            /** @description E-mail address. */
            email?: string | null;
            /** @description The contact. */
            id: components["schemas"]["ContactId"];
            /** @description What led to it. */
            linkedBy: components["schemas"]["LinkedBy"];
            /** @description Its name. */
            name: string;
            /** @description Telephone number. */
            phone?: string | null;
        } | {
            /** @description Why. */
            notLinked: components["schemas"]["NotLinkedReason"];
        };
        /** @description A message of a conversation. */
        Message: {
            attachment?: components["schemas"]["Attachment"] | null;
            /** @description The sender's own id for it. */
            clientId: string;
            /** @description Who wrote it. */
            from: components["schemas"]["Author"];
            /** @description The message. */
            id: components["schemas"]["MessageId"];
            /** @description Name to show for an agent; `null` for the visitor. */
            name?: string | null;
            /** @description When the server stored it. */
            sentAt: components["schemas"]["Timestamp"];
            /**
             * Format: int32
             * @description Order within the conversation, from 1, without gaps.
             */
            seq: number;
            /** @description What was written. Of a message that brings a file, the file's name: who does not know of files shows that. */
            text: string;
        };
        /**
         * @description A message.
         *
         *     Opaque to clients: compare it, keep it, put it in a path; nothing else.
         */
        MessageId: string;
        /** @description Messages of a conversation, in order of `seq`. */
        Messages: {
            /** @description At most 200. */
            items: components["schemas"]["Message"][];
            /** @description Whether there are more in the direction that was asked for: `after` the last `seq`, or `before` the first. */
            more: boolean;
        };
        /** @description `POST /admin/api-tokens`: a token that acts as the operator who made it. */
        NewApiToken: {
            /** @description What it is for, 1 to 100 characters. */
            name: string;
        };
        /** @description `POST /admin/operators`. */
        NewOperator: {
            /**
             * Format: int32
             * @description As in a change.
             */
            capacity?: number | null;
            /** @description E-mail address, not in use. */
            email: string;
            /** @description Name to show, 1 to 100 characters. */
            name: string;
            /**
             * Format: password
             * @description Password, 12 to 128 characters.
             */
            password: string;
            /** @description Role. */
            role: components["schemas"]["Role"];
        };
        /** @description A context variable that is not admitted. Its value is not repeated. */
        NotAdmitted: {
            /** @description Its name, as the token has it. */
            name: string;
            /** @description Why: undeclared, or not of the declared type. A sentence. */
            reason: string;
        };
        /** @description What an agent wrote down for colleagues. */
        Note: {
            /**
             * Format: int32
             * @description The `seq` of the last message before it; 0 when there was none. Its place in the flow.
             */
            afterSeq: number;
            /** @description Who wrote it. */
            author: components["schemas"]["OperatorId"];
            /** @description The author's own id for it. */
            clientId: string;
            /** @description The note. */
            id: components["schemas"]["NoteId"];
            /** @description Their name when they did. */
            name: string;
            /**
             * Format: int32
             * @description Order among the conversation's notes, from 1, without gaps.
             */
            number: number;
            /** @description What was written. */
            text: string;
            /** @description When the server stored it. */
            writtenAt: components["schemas"]["Timestamp"];
        };
        /**
         * @description A note for colleagues.
         *
         *     Opaque to clients: compare it, keep it, put it in a path; nothing else.
         */
        NoteId: string;
        /** @description Notes of a conversation, in order of `number`. */
        Notes: {
            /** @description At most 200. */
            items: components["schemas"]["Note"][];
            /** @description Whether there are more after the last. */
            more: boolean;
        };
        /**
         * @description Why no contact is linked.
         * @enum {string}
         */
        NotLinkedReason: "not-authenticated" | "no-such-contact" | "contact-inactive";
        /**
         * Format: decimal
         * @description A JSON number (RFC 8259, section 6) with the digits that were written, within the range of 64-bit floats: `10000` is no
         *     `10000.0`, and 30 digits are not rounded. Readers whose numbers are 64-bit floats must take care to keep them.
         *
         *     It may have any number of digits. How many a value may have is judged with the field that it stands in.
         */
        Number: number;
        /** @description A conversation that its agent offers to a colleague. */
        Offer: {
            /** @description By whom: who has it. */
            by: components["schemas"]["AgentName"];
            /** @description When it ends, unless it was accepted before. */
            lapsesAt: components["schemas"]["Timestamp"];
            /** @description The note for colleagues that came with it. */
            note?: string | null;
            /** @description To whom. */
            to: components["schemas"]["AgentName"];
        };
        /** @description An operator as administrators see them. */
        Operator: {
            /** @description Whether they take conversations now, as they say themselves. */
            availability: components["schemas"]["Availability"];
            /**
             * Format: int32
             * @description How many conversations they are given at most; `null` for no limit.
             */
            capacity?: number | null;
            /** @description When they were added. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Whether they may not sign in. */
            disabled: boolean;
            /** @description E-mail address. */
            email: string;
            /** @description The operator. */
            id: components["schemas"]["OperatorId"];
            /** @description Name to show. */
            name: string;
            /** @description Role. */
            role: components["schemas"]["Role"];
            /**
             * Format: int64
             * @description Counts the changes by administrators, from 1: what `If-Match` names in the next one.
             */
            version: number;
        };
        /** @description `PUT /admin/operators/{id}`. */
        OperatorChange: {
            /**
             * Format: int32
             * @description How many conversations they are given at most, 0 to 1,000, by queues that push and by *Accept next*; absent or `null` for
             *     no limit. What they pick by hand is not limited, but it counts.
             */
            capacity?: number | null;
            /** @description Disabled operators are signed out at once. The last enabled administrator cannot be disabled. */
            disabled: boolean;
            /** @description Name to show, 1 to 100 characters. */
            name: string;
            /**
             * Format: password
             * @description A new password; absent keeps the old one.
             */
            password?: string | null;
            /** @description Role. The last enabled administrator cannot take another. */
            role: components["schemas"]["Role"];
        };
        /**
         * @description An operator.
         *
         *     Opaque to clients: compare it, keep it, put it in a path; nothing else.
         */
        OperatorId: string;
        /** @description `GET /operator/session`: who am I. */
        OperatorSession: {
            /** @description E-mail address. */
            email: string;
            /** @description The operator. */
            id: components["schemas"]["OperatorId"];
            /** @description Name to show. */
            name: string;
            /** @description Role. */
            role: components["schemas"]["Role"];
        };
        /** @description Another conversation of the same person. */
        OtherConversation: {
            agent?: components["schemas"]["AgentName"] | null;
            /** @description The conversation. */
            id: components["schemas"]["ConversationId"];
            /** @description The address of the page it was started from, as the browser tells it. */
            pageUrl: string;
            /** @description Its queue. */
            queue: components["schemas"]["AgentQueue"];
            /** @description When it was started. */
            startedAt: components["schemas"]["Timestamp"];
            /** @description Where it stands. */
            state: components["schemas"]["ConversationState"];
        };
        /** @description One page of a list. */
        Page_AgentConversation: {
            /** @description The items, in the list's own order. */
            items: {
                acceptedAt?: components["schemas"]["Timestamp"] | null;
                agent?: components["schemas"]["AgentName"] | null;
                /** @description Whether the visitor's identity is proved. */
                authenticated: components["schemas"]["YesNo"];
                closedAt?: components["schemas"]["Timestamp"] | null;
                /** @description The reason its agent gave when it was closed. */
                closingReason?: string | null;
                /**
                 * Format: int32
                 * @description The highest message number that arrived in the visitor's browser; never below `readByVisitor`. After a restart of the
                 *     server it is only that until the browser comes back.
                 */
                deliveredToVisitor: number;
                /**
                 * @description Whether an agent had it and could not go on, so that it came back into its queue. While it waits, it stands before the
                 *     others of its priority.
                 */
                handedBack: boolean;
                /** @description The conversation. */
                id: components["schemas"]["ConversationId"];
                /** @description State of that proof. */
                identity: components["schemas"]["Identity"];
                /** @description The supervisors who write in it beside its agent. */
                joined: components["schemas"]["AgentName"][];
                /**
                 * Format: int32
                 * @description The highest message number.
                 */
                lastSeq: number;
                /** @description Text of the last message, cut to 120 characters. */
                lastText?: string | null;
                offer?: components["schemas"]["Offer"] | null;
                /**
                 * Format: int32
                 * @description Its priority.
                 */
                priority: number;
                /** @description Whether they did not take it themselves: their queue or a supervisor gave it. */
                pushed: boolean;
                /** @description Its queue. */
                queue: components["schemas"]["AgentQueue"];
                /**
                 * Format: int32
                 * @description The highest message number the agent's side has read.
                 */
                readByAgent: number;
                /**
                 * Format: int32
                 * @description The highest message number the visitor has read.
                 */
                readByVisitor: number;
                /** @description When it was started. */
                startedAt: components["schemas"]["Timestamp"];
                /** @description Where it stands. */
                state: components["schemas"]["ConversationState"];
                /** @description Who it is with: the linked contact's name, else a name the token vouches for; `null` for an unknown visitor. */
                visitor?: string | null;
                /** @description Whether the visitor is there. */
                visitorPresence: components["schemas"]["VisitorPresence"];
            }[];
            /** @description Give this as `cursor` for the next page; `null` on the last one. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_AgentQueue: {
            /** @description The items, in the list's own order. */
            items: {
                /** @description The queue. */
                id: components["schemas"]["QueueId"];
                /** @description Its name. */
                name: string;
            }[];
            /** @description Give this as `cursor` for the next page; `null` on the last one. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_ApiToken: {
            /** @description The items, in the list's own order. */
            items: {
                /** @description When it was made. */
                createdAt: components["schemas"]["Timestamp"];
                /** @description The token's id. */
                id: components["schemas"]["ApiTokenId"];
                /** @description What it is for. */
                name: string;
                /** @description As whom it acts. */
                operator: components["schemas"]["OperatorId"];
            }[];
            /** @description Give this as `cursor` for the next page; `null` on the last one. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_AuditEntry: {
            /** @description The items, in the list's own order. */
            items: {
                /** @description What was done: `authentication-setting.updated`, `token.refused`, `keys.changed`, `keys.passed-over` … */
                action: string;
                /** @description Who did it. */
                actor: components["schemas"]["Actor"];
                /** @description When. */
                at: components["schemas"]["Timestamp"];
                code?: components["schemas"]["ErrorCode"] | null;
                /** @description What a person needs to understand it; for a change the fields before and after. Never a token or key. */
                details: Record<string, never>;
                /** @description The entry. */
                id: components["schemas"]["AuditId"];
                /** @description Joins the entry to an answer and to the log. */
                requestId?: string | null;
                /** @description Id of what it was done to. */
                subject?: string | null;
                /** @description What that was called then; `null` where nothing is known of it. */
                subjectName?: string | null;
            }[];
            /** @description Give this as `cursor` for the next page; `null` on the last one. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_AuthenticationSetting: {
            /** @description The items, in the list's own order. */
            items: {
                /** @description Dotted name of the page's function. */
                clientFunction: string;
                /** @description When it was recorded. */
                createdAt: components["schemas"]["Timestamp"];
                /** @description Required `aud`. */
                expectedAudience?: string | null;
                /** @description Required `iss`. */
                expectedIssuer?: string | null;
                /** @description The setting. */
                id: components["schemas"]["AuthenticationSettingId"];
                /**
                 * Format: int32
                 * @description Tolerance for clocks that differ, in seconds.
                 */
                leewaySeconds: number;
                /** @description Its name. */
                name: string;
                /** @description Who answers for it. */
                owner: string;
                /** @description Where the website publishes its public keys. */
                publicKeyUrl: string;
                /** @description Whether each `jti` is accepted once only. */
                singleUse: boolean;
                /** @description Always `oauth2-implicit`. */
                type: components["schemas"]["AuthenticationType"];
                /** @description When it was last changed. */
                updatedAt: components["schemas"]["Timestamp"];
                /** @description The chat widgets that use it. */
                usedBy: components["schemas"]["Reference_ChatWidgetId"][];
                /**
                 * Format: int64
                 * @description Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
                 */
                version: number;
            }[];
            /** @description Give this as `cursor` for the next page; `null` on the last one. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_CannedReply: {
            /** @description The items, in the list's own order. */
            items: {
                /** @description When it was recorded. */
                createdAt: components["schemas"]["Timestamp"];
                /** @description The reply. */
                id: components["schemas"]["CannedReplyId"];
                /** @description What it is found by. */
                name: string;
                /** @description Whether all agents have it; else it is the reader's own. */
                shared: boolean;
                /** @description What it says, with variables. */
                text: string;
                /** @description When it was last changed. */
                updatedAt: components["schemas"]["Timestamp"];
                /**
                 * Format: int64
                 * @description Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
                 */
                version: number;
            }[];
            /** @description Give this as `cursor` for the next page; `null` on the last one. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_ChatWidget: {
            /** @description The items, in the list's own order. */
            items: {
                /** @description Origins that may embed it. */
                allowedOrigins: string[];
                /** @description How it looks and what it says. */
                appearance: components["schemas"]["Appearance"];
                authenticationSetting?: components["schemas"]["Reference_AuthenticationSettingId"] | null;
                /** @description When it was recorded. */
                createdAt: components["schemas"]["Timestamp"];
                files?: components["schemas"]["FilePolicy"] | null;
                /** @description The widget. */
                id: components["schemas"]["ChatWidgetId"];
                /** @description Its name. */
                name: string;
                /**
                 * Format: int32
                 * @description How long a waiting visitor who is gone keeps their place, in seconds.
                 */
                releaseSeconds: number;
                /** @description Whether a chat needs a token. */
                signIn: components["schemas"]["SignIn"];
                /** @description When it was last changed. */
                updatedAt: components["schemas"]["Timestamp"];
                /**
                 * Format: int64
                 * @description Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
                 */
                version: number;
                /** @description Where its conversations enter. */
                workStream: components["schemas"]["Reference_WorkStreamId"];
            }[];
            /** @description Give this as `cursor` for the next page; `null` on the last one. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_Colleague: {
            /** @description The items, in the list's own order. */
            items: {
                /**
                 * Format: int32
                 * @description How many conversations they have now.
                 */
                active: number;
                /** @description What they say of themselves. */
                availability: components["schemas"]["Availability"];
                /**
                 * Format: int32
                 * @description How many they are given at most; `null` for no limit.
                 */
                capacity?: number | null;
                /** @description Whether a console of theirs was connected when this was read. */
                connected: boolean;
                /** @description The operator. */
                id: components["schemas"]["OperatorId"];
                /** @description Their name. */
                name: string;
            }[];
            /** @description Give this as `cursor` for the next page; `null` on the last one. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_Contact: {
            /** @description The items, in the list's own order. */
            items: {
                /** @description Whether it is linked to conversations. */
                active: boolean;
                /** @description When it was recorded. */
                createdAt: components["schemas"]["Timestamp"];
                /** @description E-mail address. */
                email?: string | null;
                /** @description The contact. */
                id: components["schemas"]["ContactId"];
                /** @description Its name. */
                name: string;
                /** @description Telephone number. */
                phone?: string | null;
                /** @description When it was last changed. */
                updatedAt: components["schemas"]["Timestamp"];
                /**
                 * Format: int64
                 * @description Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
                 */
                version: number;
            }[];
            /** @description Give this as `cursor` for the next page; `null` on the last one. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_Operator: {
            /** @description The items, in the list's own order. */
            items: {
                /** @description Whether they take conversations now, as they say themselves. */
                availability: components["schemas"]["Availability"];
                /**
                 * Format: int32
                 * @description How many conversations they are given at most; `null` for no limit.
                 */
                capacity?: number | null;
                /** @description When they were added. */
                createdAt: components["schemas"]["Timestamp"];
                /** @description Whether they may not sign in. */
                disabled: boolean;
                /** @description E-mail address. */
                email: string;
                /** @description The operator. */
                id: components["schemas"]["OperatorId"];
                /** @description Name to show. */
                name: string;
                /** @description Role. */
                role: components["schemas"]["Role"];
                /**
                 * Format: int64
                 * @description Counts the changes by administrators, from 1: what `If-Match` names in the next one.
                 */
                version: number;
            }[];
            /** @description Give this as `cursor` for the next page; `null` on the last one. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_Queue: {
            /** @description The items, in the list's own order. */
            items: {
                /**
                 * Format: int32
                 * @description How long an agent without a live console keeps the conversations of this queue, in seconds.
                 */
                absenceSeconds: number;
                /** @description How its conversations come to an agent. */
                assignment: components["schemas"]["Assignment"];
                /** @description When it was recorded. */
                createdAt: components["schemas"]["Timestamp"];
                /** @description The queue. */
                id: components["schemas"]["QueueId"];
                /** @description The operators who serve it; `null` means all. */
                members?: components["schemas"]["OperatorId"][] | null;
                /** @description Its name. */
                name: string;
                /** @description When it was last changed. */
                updatedAt: components["schemas"]["Timestamp"];
                /** @description The work streams that send conversations to it. */
                usedBy: components["schemas"]["Reference_WorkStreamId"][];
                /**
                 * Format: int64
                 * @description Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
                 */
                version: number;
                /**
                 * Format: int32
                 * @description Conversations that wait in it now.
                 */
                waiting: number;
            }[];
            /** @description Give this as `cursor` for the next page; `null` on the last one. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_SamePersonConversation: {
            /** @description The items, in the list's own order. */
            items: {
                agent?: components["schemas"]["AgentName"] | null;
                closedAt?: components["schemas"]["Timestamp"] | null;
                /** @description The reason that its agent gave at the close. */
                closingReason?: string | null;
                /** @description The conversation. */
                id: components["schemas"]["ConversationId"];
                /** @description Whether the reader may read what was said. */
                isReadable: boolean;
                /** @description The address of the page it was started from, as the browser tells it; `null` where the reader does not serve its queue. */
                pageUrl?: string | null;
                /** @description Its queue. */
                queue: components["schemas"]["AgentQueue"];
                /** @description When it was started. */
                startedAt: components["schemas"]["Timestamp"];
                /** @description Where it stands. */
                state: components["schemas"]["ConversationState"];
            }[];
            /** @description Give this as `cursor` for the next page; `null` on the last one. */
            next?: string | null;
        };
        /** @description One page of a list. */
        Page_WorkStream: {
            /** @description The items, in the list's own order. */
            items: {
                /** @description Whether they must choose one. */
                closingReasonRequired: boolean;
                /** @description The reasons an agent may choose from when they close a conversation, in order. */
                closingReasons: string[];
                /** @description The context variables it admits. */
                contextVariables: components["schemas"]["ContextVariable"][];
                /** @description When it was recorded. */
                createdAt: components["schemas"]["Timestamp"];
                /** @description Where a conversation goes that no rule takes. */
                fallbackQueue: components["schemas"]["QueueId"];
                /** @description The work stream. */
                id: components["schemas"]["WorkStreamId"];
                /** @description Its name. */
                name: string;
                /** @description What a start does whose person has a conversation that runs already. */
                resume: components["schemas"]["Resume"];
                /** @description Routing rules, in order. */
                rules: components["schemas"]["RoutingRule"][];
                /** @description When it was last changed. */
                updatedAt: components["schemas"]["Timestamp"];
                /** @description The chat widgets that use it. */
                usedBy: components["schemas"]["Reference_ChatWidgetId"][];
                /**
                 * Format: int64
                 * @description Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
                 */
                version: number;
                /**
                 * @description What is odd about the rules. They are stored and used all the same. Where rules are too many and too long to be compared in
                 *     time, the last ones have none.
                 */
                warnings: components["schemas"]["RuleWarning"][];
            }[];
            /** @description Give this as `cursor` for the next page; `null` on the last one. */
            next?: string | null;
        };
        /** @description The page that a chat was started from. As the browser tells it: shown to agents, never trusted. */
        PageInfo: {
            /** @description The page's language as a BCP 47 tag. */
            locale: string;
            /** @description The page's title, at most 300 characters. */
            title: string;
            /** @description The page's address, without credentials and fragment; at most 2,048 characters. */
            url: string;
        };
        /** @description An entry that gave no key. */
        PassedOverReport: {
            /**
             * Format: int32
             * @description Which entry, from 1.
             */
            entry: number;
            /** @description Whether something is wrong with it. A key of another kind, or for another use, stands there for somebody else. */
            isMistake: boolean;
            /** @description The key id it is published under, where one can be read. A token that names it is refused with `token-key-unknown`. */
            kid?: string | null;
            /** @description Why it cannot be used, with line and column, as a sentence. */
            reason: string;
        };
        /** @description `PUT /operator/password`. */
        PasswordChange: {
            /**
             * Format: password
             * @description The password until now.
             */
            current: string;
            /**
             * Format: password
             * @description The password from now on, 12 to 128 characters.
             */
            password: string;
        };
        /** @description `POST …/messages`, from visitors and agents alike. */
        PostMessage: {
            /** @description Chosen by the sender, 1 to 64 of `[A-Za-z0-9_-]`; sending the same again changes nothing and answers the same. */
            clientId: string;
            /** @description 1 to 4,000 characters. */
            text: string;
        };
        /** @description `POST /agent/conversations/{id}/notes`. */
        PostNote: {
            /** @description Chosen by the sender, 1 to 64 of `[A-Za-z0-9_-]`; sending the same again changes nothing and answers the same. */
            clientId: string;
            /** @description 1 to 4,000 characters. */
            text: string;
        };
        /**
         * @description Whether a visitor is there.
         * @enum {string}
         */
        PresenceState: "here" | "idle" | "gone";
        /** @description An error answer: `application/problem+json` (RFC 9457) with our code and request id. */
        Problem: {
            /** @description The error code. */
            code: components["schemas"]["ErrorCode"];
            /** @description What happened this time, as a sentence. */
            detail: string;
            /** @description Which fields are wrong: for `invalid-request`, and for a `conflict` over a value that another record has. */
            fields?: components["schemas"]["FieldError"][];
            /** @description Joins this answer to the server's log and the audit. */
            requestId: string;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description The code's meaning in a few words; the same for every occurrence. */
            title: string;
            /** @description Where the code is explained, relative to the server: `/docs/errors#token-expired`. */
            type: string;
        };
        /** @description What a verified token says about the person. Any of it may be absent. */
        Profile: {
            /** @description `email`. */
            email?: string | null;
            /** @description `family_name`. */
            familyName?: string | null;
            /** @description `given_name`. */
            givenName?: string | null;
            /** @description `phone_number`. */
            phoneNumber?: string | null;
            /** @description `preferred_username`. */
            preferredUsername?: string | null;
        };
        /**
         * @description Whether a proof still holds.
         * @enum {string}
         */
        ProofState: "current" | "lapsed";
        /** @description A queue. */
        Queue: {
            /**
             * Format: int32
             * @description How long an agent without a live console keeps the conversations of this queue, in seconds.
             */
            absenceSeconds: number;
            /** @description How its conversations come to an agent. */
            assignment: components["schemas"]["Assignment"];
            /** @description When it was recorded. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description The queue. */
            id: components["schemas"]["QueueId"];
            /** @description The operators who serve it; `null` means all. */
            members?: components["schemas"]["OperatorId"][] | null;
            /** @description Its name. */
            name: string;
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
            /** @description The work streams that send conversations to it. */
            usedBy: components["schemas"]["Reference_WorkStreamId"][];
            /**
             * Format: int64
             * @description Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
             */
            version: number;
            /**
             * Format: int32
             * @description Conversations that wait in it now.
             */
            waiting: number;
        };
        /** @description `POST /admin/queues`, `PUT …/{id}`. */
        QueueBody: {
            /**
             * Format: int32
             * @description How long an agent without a live console keeps the conversations of this queue, 30 to 86,400 s; 120 when absent.
             *     Then they wait again.
             */
            absenceSeconds?: number | null;
            /** @description How its conversations come to an agent; `pick` when absent. */
            assignment?: components["schemas"]["Assignment"];
            /** @description The operators who serve it; absent or `null` means all, an empty list nobody. */
            members?: components["schemas"]["OperatorId"][] | null;
            /** @description 1 to 100 characters, not in use. */
            name: string;
        };
        /**
         * @description A queue.
         *
         *     Opaque to clients: compare it, keep it, put it in a path; nothing else.
         */
        QueueId: string;
        /** @description Names another resource. */
        Reference_AuthenticationSettingId: {
            /**
             * @description An authentication setting.
             *
             *     Opaque to clients: compare it, keep it, put it in a path; nothing else.
             */
            id: string;
            /** @description Its name. */
            name: string;
        };
        /** @description Names another resource. */
        Reference_ChatWidgetId: {
            /**
             * @description A chat widget.
             *
             *     Opaque to clients: compare it, keep it, put it in a path; nothing else.
             */
            id: string;
            /** @description Its name. */
            name: string;
        };
        /** @description Names another resource. */
        Reference_WorkStreamId: {
            /**
             * @description A work stream.
             *
             *     Opaque to clients: compare it, keep it, put it in a path; nothing else.
             */
            id: string;
            /** @description Its name. */
            name: string;
        };
        /**
         * @description Whether a start continues a conversation that runs already, on another page or device.
         * @enum {string}
         */
        Resume: "never" | "same-person";
        /**
         * @description What an operator may do.
         * @enum {string}
         */
        Role: "administrator" | "agent" | "supervisor";
        /** @description Sends the conversations it matches to a queue. The first match wins. */
        RoutingRule: {
            /** @description At most 100 characters. */
            name?: string | null;
            /**
             * Format: int32
             * @description Higher is served first, -1,000 to 1,000.
             */
            priority: number;
            /** @description Where a match goes. */
            queue: components["schemas"]["QueueId"];
            /** @description What must hold. */
            when: components["schemas"]["Condition"];
        };
        /** @description Something odd about a rule that was stored all the same. */
        RuleWarning: {
            /** @description What is odd, for programs. */
            code: components["schemas"]["RuleWarningCode"];
            /** @description The same, as a sentence. */
            message: string;
            /**
             * Format: int32
             * @description Its place in `rules`, from 0.
             */
            rule: number;
        };
        /**
         * @description What may be odd about a rule.
         * @enum {string}
         */
        RuleWarningCode: "never-matches" | "hidden" | "no-test";
        /** @description Another conversation of the same person: the same `sub` of the same `iss`, proved under the same authentication setting. */
        SamePersonConversation: {
            agent?: components["schemas"]["AgentName"] | null;
            closedAt?: components["schemas"]["Timestamp"] | null;
            /** @description The reason that its agent gave at the close. */
            closingReason?: string | null;
            /** @description The conversation. */
            id: components["schemas"]["ConversationId"];
            /** @description Whether the reader may read what was said. */
            isReadable: boolean;
            /** @description The address of the page it was started from, as the browser tells it; `null` where the reader does not serve its queue. */
            pageUrl?: string | null;
            /** @description Its queue. */
            queue: components["schemas"]["AgentQueue"];
            /** @description When it was started. */
            startedAt: components["schemas"]["Timestamp"];
            /** @description Where it stands. */
            state: components["schemas"]["ConversationState"];
        };
        /**
         * Format: password
         * @description Text that opens something. `Debug` prints `***`, so a secret cannot slip into a log through `{:?}`,
         *     and there is no `Display`.
         */
        Secret: string;
        /** @description `POST /conversations/{id}/context`: replaces the unsigned context of an anonymous conversation. */
        SetContext: {
            /**
             * @description What the page says of its visitor, with the limits of a token's context. Variables that the work stream does not
             *     declare are left out. A value that is `null` counts as absent.
             */
            context: components["schemas"]["BTreeMap"];
        };
        /** @description An authentication setting by id and name. */
        SettingName: {
            /** @description The setting. */
            id: components["schemas"]["AuthenticationSettingId"];
            /** @description Its name when the token was verified. */
            name: string;
        };
        /** @description `POST /operator/setup`: the first administrator of a fresh server. */
        SetUpRequest: {
            /** @description E-mail address to sign in with. */
            email: string;
            /** @description Name to show, 1 to 100 characters. */
            name: string;
            /**
             * Format: password
             * @description Password, 12 to 128 characters.
             */
            password: string;
            /**
             * Format: password
             * @description The secret from the set-up link.
             */
            secret: string;
        };
        /** @description `GET /operator/setup`: whether the server still waits for its first administrator. */
        SetUpState: {
            /** @description True until an administrator exists. */
            needed: boolean;
        };
        /**
         * @description Whether a chat may start without a token.
         * @enum {string}
         */
        SignIn: "required" | "optional";
        /** @description `POST /operator/session`. */
        SignInRequest: {
            /** @description E-mail address; upper and lower case are the same. */
            email: string;
            /**
             * Format: password
             * @description Password.
             */
            password: string;
        };
        /** @description `GET /admin/chat-widgets/{id}/snippet`: what to paste into the website. */
        Snippet: {
            /** @description Directives the website's Content-Security-Policy needs. */
            contentSecurityPolicy: string;
            /** @description The script tag. */
            html: string;
            /** @description The script tag with an `integrity` attribute, for sites that pin what they load. */
            htmlWithIntegrity: string;
        };
        /** @description A queue with who is there for it. */
        StaffedQueue: {
            /**
             * Format: int32
             * @description How many of those who serve it are there.
             */
            here: number;
            /** @description The queue. */
            id: components["schemas"]["QueueId"];
            /** @description Its name. */
            name: string;
        };
        /** @description `POST /widgets/{id}/conversations`. */
        StartConversation: {
            context?: components["schemas"]["BTreeMap"] | null;
            /** @description The page. */
            page: components["schemas"]["PageInfo"];
            /**
             * Format: password
             * @description The visitor's JWT. Ignored when the widget has no authentication setting.
             */
            token?: string | null;
        };
        /** @description Answer to [`StartConversation`]. */
        StartedConversation: {
            /** @description The new conversation. */
            conversation: components["schemas"]["Conversation"];
            /** @description What opens it for this visitor. */
            session: components["schemas"]["VisitorSession"];
        };
        /** @description One step of verification. */
        StepReport: {
            /** @description What was checked against what, as a sentence. */
            detail: string;
            /**
             * @description What was checked: `structure`, `algorithm`, `key`, `signature`, `claims`, `time`, `issuer-and-audience`, `context` or
             *     `single-use`.
             */
            name: string;
            /** @description How it went. */
            verdict: components["schemas"]["StepVerdict"];
        };
        /**
         * @description How a step went.
         * @enum {string}
         */
        StepVerdict: "passed" | "failed" | "skipped";
        /** @description Context of a conversation. */
        SummaryContext: {
            /** @description From the verified token. */
            signed: components["schemas"]["BTreeMap"];
            /** @description From the page: nobody vouches for it. */
            unsigned: components["schemas"]["BTreeMap"];
        };
        /** @description `POST /agent/conversations/{id}/take-over`. */
        TakeOver: {
            /** @description Who has it, as far as the supervisor knows. Where somebody else does by now, it stays with them. */
            from: components["schemas"]["OperatorId"];
        };
        /** @description One test of a rule. */
        Test: {
            /** @description Which of the two. */
            authenticated: boolean;
        } | {
            /** @description How to compare. */
            operator: components["schemas"]["Comparison"];
            value?: components["schemas"]["ContextValue"] | null;
            /** @description Name of a declared context variable. */
            variable: string;
        };
        /** @description Answer to [`TestSetting`]. */
        TestReport: {
            /** @description What the public key URL answered just now, past the cache. */
            keys: components["schemas"]["KeysReport"];
            token?: components["schemas"]["TokenReport"] | null;
        };
        /** @description `POST /admin/authentication-settings/{id}/test`. */
        TestSetting: {
            /**
             * Format: password
             * @description A token to judge; without one only the keys are fetched.
             */
            token?: string | null;
        };
        /**
         * Format: date-time
         * @description An RFC 3339 time in UTC, for example `2026-11-22T20:00:00.000Z`.
         *
         *     Kept as text: the server writes it, browsers and people read it, and the widget stays free of a
         *     date library.
         */
        Timestamp: string;
        /** @description The verdict on a token, step by step. */
        TokenReport: {
            code?: components["schemas"]["ErrorCode"] | null;
            /**
             * @description Of an accepted token, the context that agents would not see, for each work stream of the chat widgets with this setting
             *     that does not admit all of it.
             */
            context: components["schemas"]["ContextReport"][];
            /** @description The steps in the order they are taken. */
            steps: components["schemas"]["StepReport"][];
        };
        /** @description A transcript as `json`. */
        Transcript: {
            /** @description Which conversation it is of. */
            conversation: components["schemas"]["TranscriptHead"];
            /** @description All messages until it was asked for, in order of `seq`. */
            messages: components["schemas"]["Message"][];
            /** @description All notes until then; absent when they were not asked for. */
            notes?: components["schemas"]["Note"][] | null;
        };
        /** @description Which conversation a transcript is of. */
        TranscriptHead: {
            agent?: components["schemas"]["AgentName"] | null;
            /** @description Whether the visitor's identity was proved. */
            authenticated: components["schemas"]["YesNo"];
            /** @description The proof, or why there was none. */
            authentication: components["schemas"]["Authentication"];
            /** @description The reason that was given when it was closed. */
            closingReason?: string | null;
            /** @description The customer's record, or why none was linked. */
            contact: components["schemas"]["LinkedContact"];
            /** @description The conversation. */
            id: components["schemas"]["ConversationId"];
            /** @description When the transcript was made. */
            madeAt: components["schemas"]["Timestamp"];
            /** @description The page it was started from, as the browser tells it. */
            page: components["schemas"]["PageInfo"];
            /** @description Its queue. */
            queue: components["schemas"]["AgentQueue"];
            /** @description When the conversation was started. */
            startedAt: components["schemas"]["Timestamp"];
            /** @description Where it stood. */
            state: components["schemas"]["ConversationState"];
            /** @description Offset from UTC of every time in the transcript: `+00:00`. */
            utcOffset: string;
            /** @description Who it was with: the linked contact's name, else a name the token vouches for; `null` for an unknown visitor. */
            visitor?: string | null;
        };
        /**
         * @description Why a visitor's identity is not proved.
         * @enum {string}
         */
        UnverifiedReason: "no-setting" | "not-signed-in";
        /**
         * @description Type of a context variable.
         * @enum {string}
         */
        VariableType: "text" | "number" | "boolean";
        /** @description What the server sends to a visitor's socket. */
        VisitorEvent: {
            /** @description The conversation as it stands. */
            conversation: components["schemas"]["Conversation"];
            /**
             * Format: int32
             * @description How often a `heartbeat` comes, in milliseconds.
             */
            heartbeatMs: number;
            /** @description The server's time. */
            serverTime: components["schemas"]["Timestamp"];
            /** @enum {string} */
            type: "welcome";
        } | {
            /** @description The server's time. */
            serverTime: components["schemas"]["Timestamp"];
            /** @enum {string} */
            type: "heartbeat";
        } | {
            /** @description The conversation as it stands now. */
            conversation: components["schemas"]["Conversation"];
            /** @enum {string} */
            type: "conversation";
        } | {
            /** @description The message. */
            message: components["schemas"]["Message"];
            /** @enum {string} */
            type: "message";
        } | {
            /** @enum {string} */
            type: "typing";
        } | {
            /** @description Why. */
            problem: components["schemas"]["Problem"];
            /** @enum {string} */
            type: "error";
        };
        /** @description What a visitor's socket sends. The first frame must be `hello`, within 5 s. */
        VisitorFrame: {
            /**
             * Format: int32
             * @description The highest `seq` the widget has. The messages after it follow the welcome; where they are more than 100, only the
             *     newest does, and the others are read over HTTP, a page at a time.
             */
            after: number;
            /**
             * Format: password
             * @description The session's secret.
             */
            secret: string;
            /** @enum {string} */
            type: "hello";
        } | {
            /** @enum {string} */
            type: "heartbeat";
        } | {
            /** @enum {string} */
            type: "typing";
        } | {
            /**
             * Format: int32
             * @description Highest `seq` seen.
             */
            seq: number;
            /** @enum {string} */
            type: "read";
        };
        /** @description Whether a visitor is there, and since when it stands so. */
        VisitorPresence: {
            /**
             * @description When here: since when. When idle: when they last did something. When gone: when they were last there, or when the
             *     server started and they have not come back since.
             */
            since: components["schemas"]["Timestamp"];
            /** @description Whether they are. */
            state: components["schemas"]["PresenceState"];
        };
        /** @description A visitor's key to one conversation. */
        VisitorSession: {
            /** @description When it ends unless it is used before. */
            expiresAt: components["schemas"]["Timestamp"];
            /**
             * @description Ends the session, as the secret does in `DELETE …/session`, and opens nothing. So a page may keep it where the site's
             *     other pages find it, and a visitor can be signed out of a conversation that no open page shows.
             */
            revocationKey: components["schemas"]["Secret"];
            /** @description Goes into `Authorization: Bearer`, and into the socket's first frame; never into a URL. */
            secret: components["schemas"]["Secret"];
        };
        /** @description `GET /widgets/{id}`: what a page must know before it can start a chat. */
        WidgetConfig: {
            /** @description How the widget looks and what it says. */
            appearance: components["schemas"]["Appearance"];
            /** @description Dotted name of the page's client function; `null` when the widget has no authentication setting. */
            clientFunction?: string | null;
            files?: components["schemas"]["FilePolicy"] | null;
            /** @description The chat widget. */
            id: components["schemas"]["ChatWidgetId"];
            /** @description The server's time when it answered. */
            serverTime: components["schemas"]["Timestamp"];
            /** @description Whether a chat needs a token. Without an authentication setting always `optional`. */
            signIn: components["schemas"]["SignIn"];
            /**
             * Format: int32
             * @description How long the client function has to call back, in milliseconds.
             */
            timeoutMs: number;
        };
        /** @description A work stream. */
        WorkStream: {
            /** @description Whether they must choose one. */
            closingReasonRequired: boolean;
            /** @description The reasons an agent may choose from when they close a conversation, in order. */
            closingReasons: string[];
            /** @description The context variables it admits. */
            contextVariables: components["schemas"]["ContextVariable"][];
            /** @description When it was recorded. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Where a conversation goes that no rule takes. */
            fallbackQueue: components["schemas"]["QueueId"];
            /** @description The work stream. */
            id: components["schemas"]["WorkStreamId"];
            /** @description Its name. */
            name: string;
            /** @description What a start does whose person has a conversation that runs already. */
            resume: components["schemas"]["Resume"];
            /** @description Routing rules, in order. */
            rules: components["schemas"]["RoutingRule"][];
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
            /** @description The chat widgets that use it. */
            usedBy: components["schemas"]["Reference_ChatWidgetId"][];
            /**
             * Format: int64
             * @description Counts its changes, from 1: what `If-Match` names in the next change. Only changes of its own fields count.
             */
            version: number;
            /**
             * @description What is odd about the rules. They are stored and used all the same. Where rules are too many and too long to be compared in
             *     time, the last ones have none.
             */
            warnings: components["schemas"]["RuleWarning"][];
        };
        /** @description `POST /admin/work-streams`, `PUT …/{id}`. */
        WorkStreamBody: {
            /** @description Whether they must choose one; only with `closingReasons`. */
            closingReasonRequired?: boolean;
            /**
             * @description The reasons an agent may choose from when they close a conversation, in order; at most 50, unique, 1 to 100 characters
             *     each.
             */
            closingReasons?: string[];
            /** @description The context variables it admits; at most 100, names unique. */
            contextVariables: components["schemas"]["ContextVariable"][];
            /** @description Where a conversation goes that no rule takes. */
            fallbackQueue: components["schemas"]["QueueId"];
            /** @description 1 to 100 characters, not in use. */
            name: string;
            /** @description What a start does whose person has a conversation that runs already; `never` when absent. */
            resume?: components["schemas"]["Resume"];
            /** @description Routing rules, tried in order; at most 100. */
            rules: components["schemas"]["RoutingRule"][];
        };
        /**
         * @description A work stream.
         *
         *     Opaque to clients: compare it, keep it, put it in a path; nothing else.
         */
        WorkStreamId: string;
        /**
         * @description `yes` or `no`.
         * @enum {string}
         */
        YesNo: "yes" | "no";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listApiTokens: {
        parameters: {
            query?: {
                /** @description `next` of the page before, at most 2,048 characters; absent for the first page. */
                cursor?: string;
                /** @description Items wanted, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ApiToken"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiToken"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiToken"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteApiToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ApiTokenId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description Only this: `queue.updated`, `token.refused` … */
                action?: string;
                /** @description Only what this operator did, by id; or `visitor`, or `system`. */
                actor?: string;
                /** @description `next` of the page before; absent for the first. */
                cursor?: string;
                /** @description Only what was done at this time or later. */
                from?: string;
                /** @description Items wanted, 1 to 200; 50 when absent. */
                limit?: number;
                /** @description Only what was done to this record, by id. */
                subject?: string;
                /**
                 * @description Each word must stand somewhere in the entry, also as a part of a longer word; upper and lower case are the same. A
                 *     request id is looked up.
                 */
                text?: string;
                /** @description Only what was done before this time. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AuditEntry"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuthenticationSettings: {
        parameters: {
            query?: {
                /** @description `next` of the page before, at most 2,048 characters; absent for the first page. */
                cursor?: string;
                /** @description Items wanted, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AuthenticationSetting"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAuthenticationSetting: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AuthenticationSettingBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthenticationSetting"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readAuthenticationSetting: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AuthenticationSettingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthenticationSetting"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceAuthenticationSetting: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a session it is needed (`version-required`), because a form may be open for hours. A program with an API token may leave it out, and `*` stands for any: then the last change wins. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["AuthenticationSettingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AuthenticationSettingBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthenticationSetting"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAuthenticationSetting: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a session it is needed (`version-required`), because a form may be open for hours. A program with an API token may leave it out, and `*` stands for any: then the last change wins. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["AuthenticationSettingId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testAuthenticationSetting: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["AuthenticationSettingId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestSetting"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestReport"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSharedCannedReplies: {
        parameters: {
            query?: {
                /** @description `next` of the page before, at most 2,048 characters; absent for the first page. */
                cursor?: string;
                /** @description Items wanted, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_CannedReply"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSharedCannedReply: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CannedReplyBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedReply"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readSharedCannedReply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CannedReplyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedReply"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceSharedCannedReply: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a session it is needed (`version-required`), because a form may be open for hours. A program with an API token may leave it out, and `*` stands for any: then the last change wins. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["CannedReplyId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CannedReplyBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedReply"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSharedCannedReply: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a session it is needed (`version-required`), because a form may be open for hours. A program with an API token may leave it out, and `*` stands for any: then the last change wins. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["CannedReplyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listChatWidgets: {
        parameters: {
            query?: {
                /** @description `next` of the page before, at most 2,048 characters; absent for the first page. */
                cursor?: string;
                /** @description Items wanted, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ChatWidget"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createChatWidget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatWidgetBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatWidget"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readChatWidget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ChatWidgetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatWidget"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceChatWidget: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a session it is needed (`version-required`), because a form may be open for hours. A program with an API token may leave it out, and `*` stands for any: then the last change wins. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["ChatWidgetId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatWidgetBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatWidget"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteChatWidget: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a session it is needed (`version-required`), because a form may be open for hours. A program with an API token may leave it out, and `*` stands for any: then the last change wins. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["ChatWidgetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readChatWidgetSnippet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ChatWidgetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Snippet"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listContacts: {
        parameters: {
            query?: {
                /** @description `next` of the page before, at most 2,048 characters; absent for the first page. */
                cursor?: string;
                /** @description Items wanted, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Contact"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createContact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceContact: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a session it is needed (`version-required`), because a form may be open for hours. A program with an API token may leave it out, and `*` stands for any: then the last change wins. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteContact: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a session it is needed (`version-required`), because a form may be open for hours. A program with an API token may leave it out, and `*` stands for any: then the last change wins. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOperators: {
        parameters: {
            query?: {
                /** @description `next` of the page before, at most 2,048 characters; absent for the first page. */
                cursor?: string;
                /** @description Items wanted, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Operator"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOperator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOperator"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readOperator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["OperatorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceOperator: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a session it is needed (`version-required`), because a form may be open for hours. A program with an API token may leave it out, and `*` stands for any: then the last change wins. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["OperatorId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperatorChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteOperator: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a session it is needed (`version-required`), because a form may be open for hours. A program with an API token may leave it out, and `*` stands for any: then the last change wins. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["OperatorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listQueues: {
        parameters: {
            query?: {
                /** @description `next` of the page before, at most 2,048 characters; absent for the first page. */
                cursor?: string;
                /** @description Items wanted, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Queue"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createQueue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueueBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readQueue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["QueueId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceQueue: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a session it is needed (`version-required`), because a form may be open for hours. A program with an API token may leave it out, and `*` stands for any: then the last change wins. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["QueueId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueueBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteQueue: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a session it is needed (`version-required`), because a form may be open for hours. A program with an API token may leave it out, and `*` stands for any: then the last change wins. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["QueueId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWorkStreams: {
        parameters: {
            query?: {
                /** @description `next` of the page before, at most 2,048 characters; absent for the first page. */
                cursor?: string;
                /** @description Items wanted, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_WorkStream"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWorkStream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkStreamBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkStream"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readWorkStream: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["WorkStreamId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkStream"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceWorkStream: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a session it is needed (`version-required`), because a form may be open for hours. A program with an API token may leave it out, and `*` stands for any: then the last change wins. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["WorkStreamId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkStreamBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkStream"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWorkStream: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a session it is needed (`version-required`), because a form may be open for hours. A program with an API token may leave it out, and `*` stands for any: then the last change wins. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["WorkStreamId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptNext: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedNext"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readAvailability: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Colleague"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setAvailability: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AvailabilityChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Colleague"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCannedReplies: {
        parameters: {
            query?: {
                /** @description `next` of the page before, at most 2,048 characters; absent for the first page. */
                cursor?: string;
                /** @description Items wanted, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_CannedReply"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createCannedReply: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CannedReplyBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedReply"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCannedReply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["CannedReplyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedReply"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceCannedReply: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a session it is needed (`version-required`), because a form may be open for hours. A program with an API token may leave it out, and `*` stands for any: then the last change wins. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["CannedReplyId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CannedReplyBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The record's `version`, in quotation marks. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedReply"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteCannedReply: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that the change is based on: `record-changed` when the record is another by now. With a session it is needed (`version-required`), because a form may be open for hours. A program with an API token may leave it out, and `*` stands for any: then the last change wins. */
                "If-Match"?: string;
            };
            path: {
                id: components["schemas"]["CannedReplyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listColleagues: {
        parameters: {
            query?: {
                /** @description `next` of the page before, at most 2,048 characters; absent for the first page. */
                cursor?: string;
                /** @description Items wanted, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Colleague"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConversations: {
        parameters: {
            query?: {
                /** @description `next` of the page before; absent for the first page. */
                cursor?: string;
                /** @description Items wanted, 1 to 200; 50 when absent. */
                limit?: number;
                /** @description Only these conversations. When absent, those that wait or are active. */
                state?: "waiting" | "active" | "closed" | "offered" | "all" | "unanswered";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AgentConversation"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentConversation"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Assign"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentConversation"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        /** @description May be left out */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseConversation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentConversation"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listHandOverTargets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Colleagues"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    declineOffer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentConversation"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readEvents: {
        parameters: {
            query?: {
                /** @description The first 200 with a higher `number`; from the beginning when absent. */
                after?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationEvents"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendFileAsAgent: {
        parameters: {
            query: {
                /** @description Chosen by the sender, as a message's; sending the same file again changes nothing and answers the same. */
                clientId: string;
            };
            header: {
                /** @description Its name, percent-encoded UTF-8. */
                "File-Name": string;
            };
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": number[];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readFileAsAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: components["schemas"]["FileId"];
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": number[];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    handBack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        /** @description May be left out */
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandBack"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentConversation"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    handOver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandOver"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentConversation"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    joinConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentConversation"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leaveConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentConversation"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readMessagesAsAgent: {
        parameters: {
            query?: {
                /** @description The first 200 with a higher `seq`. */
                after?: number;
                /** @description The last 200 with a lower `seq`. With 4294967295, the newest. */
                before?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Messages"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMessageAsAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostMessage"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readNotes: {
        parameters: {
            query?: {
                /** @description The first 200 with a higher `number`; from the beginning when absent. */
                after?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostNote"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSamePerson: {
        parameters: {
            query?: {
                /** @description `next` of the page before, at most 2,048 characters; absent for the first page. */
                cursor?: string;
                /** @description Items wanted, 1 to 200; 20 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_SamePersonConversation"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readSummary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationSummary"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takeOver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TakeOver"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentConversation"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readTranscript: {
        parameters: {
            query?: {
                /** @description `text` when absent. */
                format?: "text" | "json";
                /** @description Whether the notes for colleagues go with it; only with `json`. */
                notes?: boolean;
            };
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Transcript"];
                    "text/plain": string;
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawOffer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentConversation"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listServedQueues: {
        parameters: {
            query?: {
                /** @description `next` of the page before, at most 2,048 characters; absent for the first page. */
                cursor?: string;
                /** @description Items wanted, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AgentQueue"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchConversations: {
        parameters: {
            query?: {
                /** @description Only those that this operator has or had. */
                agent?: string;
                /** @description `next` of the answer before; absent for the first. */
                cursor?: string;
                /** @description Only those that started at this time or later. */
                from?: string;
                /** @description Items wanted, 1 to 100; 25 when absent. */
                limit?: number;
                /**
                 * @description Who it is with. Each word must stand in a name, an e-mail address or the verified subject; upper and lower case are the
                 *     same. Names and addresses are those of the linked contact and of the token.
                 */
                person?: string;
                /** @description Only those of this queue. */
                queue?: string;
                /** @description Only those that stand so. `closed` has those that ended unanswered too. */
                state?: "waiting" | "active" | "closed" | "unanswered";
                /**
                 * @description What was said. Each word must stand in one and the same message, also as a part of a longer word; upper and lower case
                 *     are the same.
                 */
                text?: string;
                /** @description Only those that started before this time. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundConversations"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    agentSocket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A WebSocket: `AgentFrame`s in, `AgentEvent`s out */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    authenticate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Authenticate"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setContext: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetContext"];
            };
        };
        responses: {
            /** @description Stored */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended, or it was over already */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendFile: {
        parameters: {
            query: {
                /** @description Chosen by the sender, as a message's; sending the same file again changes nothing and answers the same. */
                clientId: string;
            };
            header: {
                /** @description Its name, percent-encoded UTF-8. */
                "File-Name": string;
            };
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": number[];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: components["schemas"]["FileId"];
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": number[];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readMessages: {
        parameters: {
            query?: {
                /** @description The first 200 with a higher `seq`. */
                after?: number;
                /** @description The last 200 with a lower `seq`. With 4294967295, the newest. */
                before?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationMessages"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostMessage"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    visitorSignOut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    visitorSocket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A WebSocket: `VisitorFrame`s in, `VisitorEvent`s out */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Changed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    whoAmI: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorSession"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            /** @description Signed in */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    isSetUpNeeded: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetUpState"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetUpRequest"];
            };
        };
        responses: {
            /** @description Set up and signed in */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    widgetConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ChatWidgetId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetConfig"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["schemas"]["ChatWidgetId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartConversation"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedConversation"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
