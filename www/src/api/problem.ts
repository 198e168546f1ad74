// An answer of the server that is an error (`application/problem+json`), as an Error with a typed code.
// An answer that never came is one too, so that callers have one kind of failure to think of.
import type { ErrorCode, FieldError, Problem } from "./types";

export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly code: ErrorCode;
  /** What the code means, in a few words. */
  readonly title: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Joins the answer to the server's log and the audit; absent when there was no answer. */
  readonly requestId: string | undefined;
  readonly fields: readonly FieldError[];

  constructor(problem: Omit<Problem, "type" | "requestId"> & { requestId?: string }, options?: ErrorOptions) {
    super(problem.detail, options);
    this.code = problem.code;
    this.title = problem.title;
    this.status = problem.status;
    this.requestId = problem.requestId;
    this.fields = problem.fields ?? [];
  }

  /** The operator has to sign in, again or at all. */
  get isSessionOver(): boolean {
    return this.code === "sign-in-required" || this.code === "session-expired";
  }
}

/** The server's problem, or one that says what came instead of a problem. */
export function problemFrom(body: unknown, response: Response): ApiProblem {
  if (isProblem(body)) return new ApiProblem(body);
  return new ApiProblem({
    code: response.status >= 500 ? "unavailable" : "internal",
    title: "Unexpected answer",
    status: response.status,
    detail: `The server answered with status ${response.status} and without an explanation.`,
  });
}

/** There was no answer at all. */
export function unreachable(cause: unknown): ApiProblem {
  return new ApiProblem(
    {
      code: "network-unreachable",
      title: "No answer from the server",
      status: 0,
      detail: "The server did not answer. Check the connection and try again.",
    },
    { cause },
  );
}

/** Any thrown value as a problem; faults of the console's own say so. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new ApiProblem({ code: "internal", title: "Fault in the console", status: 0, detail }, { cause: error });
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== "object" || body === null) return false;
  const { code, title, status, detail, requestId } = body as Partial<Record<keyof Problem, unknown>>;
  return (
    typeof code === "string" &&
    typeof title === "string" &&
    typeof status === "number" &&
    typeof detail === "string" &&
    typeof requestId === "string"
  );
}
