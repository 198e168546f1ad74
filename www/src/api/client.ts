// The one way the consoles talk to the server: typed by the generated schema, same origin, cookie session.
// A call either gives its data or throws an ApiProblem.
import createClient from "openapi-fetch";
import { keepDigits } from "./digits";
import { problemFrom, unreachable } from "./problem";
import type { paths } from "./schema";

export const client = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  // Looked up at each call, so that what replaces `fetch` later is used.
  fetch: async (request) => withDigits(await globalThis.fetch(request)),
});

/** The answer with every digit of its numbers. */
async function withDigits(response: Response): Promise<Response> {
  if (!response.headers.get("Content-Type")?.includes("json")) return response;
  const json = await response.clone().text();
  const kept = keepDigits(json);
  if (kept === json) return response;
  const { status, statusText, headers } = response;
  return new Response(kept, { status, statusText, headers });
}

interface Answered<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The data of an answered call. Throws ApiProblem for an error answer, and when there is no answer. */
export async function dataOf<Data>(call: Promise<Answered<Data>>): Promise<Data> {
  const { data, error, response } = await answered(call);
  if (!response.ok) throw problemFrom(error, response);
  return data as Data;
}

/** Like {@link dataOf} for calls whose answer has no body. */
export async function done(call: Promise<Answered<unknown>>): Promise<void> {
  const { error, response } = await answered(call);
  if (!response.ok) throw problemFrom(error, response);
}

async function answered<Data>(call: Promise<Answered<Data>>): Promise<Answered<Data>> {
  try {
    return await call;
  } catch (error) {
    // A call that was given up on purpose stays an AbortError: the query library knows what to do with it.
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw unreachable(error);
  }
}
