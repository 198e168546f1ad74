// A server that answers as the test says, behind `fetch`, and the real routes of the console in front of it.
import { FluentProvider, Toaster } from "@fluentui/react-components";
import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { vi } from "vitest";
import type { OperatorSession, Problem } from "../src/api/types";
import { createQueryClient } from "../src/app/queryClient";
import { routes } from "../src/app/router";
import { lightTheme } from "../src/app/theme";
import { toasterId } from "../src/shell/useSaved";

export interface Request {
  method: string;
  path: string;
  search: URLSearchParams;
  headers: Headers;
  body: unknown;
}

type Answer = { status: number; body?: unknown };
type Script = Record<string, (request: Request) => Answer | Promise<Answer>>;

export const ada: OperatorSession = { id: "opr_1", name: "Ada", email: "ada@example.com", role: "administrator" };

export const ok = (body: unknown): Answer => ({ status: 200, body });

export function problem(status: number, code: Problem["code"], detail: string, fields: Problem["fields"] = []): Answer {
  const body: Problem = { type: `/docs/errors#${code}`, title: code, status, detail, code, requestId: "req_1", fields };
  return { status, body };
}

/** Answers `"GET /admin/queues"` and so on, below the API's base; gives what was asked. An unknown call is a 404. */
export function script(answers: Script): Request[] {
  const asked: Request[] = [];
  const all: Script = { "GET /operator/session": () => ok(ada), "GET /operator/setup": () => ok({ needed: false }), ...answers };
  vi.stubGlobal("fetch", async (input: globalThis.Request) => {
    const url = new URL(input.url);
    const path = url.pathname.replace("/api/v1", "");
    const text = await input.text();
    const request = { method: input.method, path, search: url.searchParams, headers: input.headers, body: text ? JSON.parse(text) : undefined };
    asked.push(request);
    const answer = await (all[`${input.method} ${path}`]?.(request) ?? problem(404, "not-found", `Nothing at ${path}.`));
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), {
      status: answer.status,
      headers: { "content-type": answer.status < 400 ? "application/json" : "application/problem+json" },
    });
  });
  return asked;
}

/** Opens an address of the console. */
export function visit(address: string) {
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  render(
    <FluentProvider theme={lightTheme}>
      <QueryClientProvider client={createQueryClient()}>
        <RouterProvider router={router} />
      </QueryClientProvider>
      <Toaster toasterId={toasterId} />
    </FluentProvider>,
  );
  return router;
}
