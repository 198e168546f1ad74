/**
 * The one error type that reaches a website's code. It carries a code of the closed set, never a sentence for visitors:
 * their words live in `strings/`. What the page itself threw stays in `cause` and goes nowhere else.
 */
import type { ErrorCode } from "./engine/pkg/bonafide_widget";

/** What a `ChatError` says, as plain data: the `detail` of an `error` event serialises to this. */
export interface ChatErrorDetail {
  /** What failed, from the closed set. */
  readonly code: ErrorCode;
  /** What happened and what to do, for developers, in English. */
  readonly message: string;
  /** Joins this failure to the server's log; absent when the server was not asked. */
  readonly requestId?: string | null | undefined;
  /** Whether trying the same again can help. */
  readonly retryable: boolean;
}

/** A failure of the chat, with a code that a `switch` can cover exhaustively. */
export class ChatError extends Error implements ChatErrorDetail {
  override readonly name = "ChatError";
  declare readonly code: ErrorCode;
  // Declared only, as the others are; so that it is absent, not undefined, where there is none.
  declare readonly requestId?: string;
  declare readonly retryable: boolean;

  /** `cause` is what the page's own function threw or called back with; it is not shown, logged or sent. */
  constructor(failure: ChatErrorDetail, cause?: unknown) {
    super(failure.message, cause === undefined ? undefined : { cause });
    this.code = failure.code;
    this.retryable = failure.retryable;
    if (failure.requestId) this.requestId = failure.requestId;
  }

  /** The parts that may be logged: everything but `cause` and the stack. */
  toJSON(): ChatErrorDetail {
    const { code, message, requestId, retryable } = this;
    return { code, message, retryable, ...(requestId && { requestId }) };
  }
}
