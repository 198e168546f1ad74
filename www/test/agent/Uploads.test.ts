// Files on their way: one after the other, called off, refused, and sent again.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Uploads } from "../../src/agent/chat/Uploads";
import { sendFile } from "../../src/agent/filesApi";
import { ApiProblem } from "../../src/api/problem";
import type { Message } from "../../src/api/types";
import { createQueryClient } from "../../src/app/queryClient";
import { formatBytes } from "../../src/shell/bytes";

vi.mock("../../src/agent/filesApi", () => ({ sendFile: vi.fn() }));

const policy = { maxBytes: 100, types: ["image/png" as const] };
const file = (name: string, bytes = 10) => new File([new Uint8Array(bytes)], name);
const message = (clientId: string) => ({ clientId, seq: 1 }) as Message;

/** What the server was sent, and how to answer it. */
let sent: { name: string; clientId: string; signal: AbortSignal; answer: (message: Message) => void; fail: (error: unknown) => void }[];

beforeEach(() => {
  sent = [];
  vi.mocked(sendFile).mockImplementation(
    (_, clientId, { name }, { signal }) =>
      new Promise((answer, fail) => {
        signal.onabort = () => fail(signal.reason);
        sent.push({ name, clientId, signal, answer, fail });
      }),
  );
});

const uploads = () => new Uploads(createQueryClient(), "opr_1", "cnv_1");
const names = ({ all }: Uploads) => all.map(({ file: { name } }) => name);

describe("uploads", () => {
  it("go one after the other", async () => {
    const queue = uploads();
    queue.add([file("a"), file("b")], policy);
    await vi.waitFor(() => expect(sent.map(({ name }) => name)).toEqual(["a"]));
    sent[0]?.answer(message(sent[0].clientId));
    await vi.waitFor(() => expect(sent.map(({ name }) => name)).toEqual(["a", "b"]));
    expect(names(queue)).toEqual(["b"]);
  });

  it("that are called off make way for the next, whether they had begun or not", async () => {
    const queue = uploads();
    queue.add([file("a"), file("b"), file("c")], policy);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    const [first, second] = queue.all;
    queue.remove(second?.clientId ?? "");
    queue.remove(first?.clientId ?? "");
    expect(sent[0]?.signal.aborted).toBe(true);
    await vi.waitFor(() => expect(sent.map(({ name }) => name)).toEqual(["a", "c"]));
    expect(names(queue)).toEqual(["c"]);
  });

  it("that are too large are not sent, and cannot be sent again", async () => {
    const queue = uploads();
    queue.add([file("large", 101), file("small")], policy);
    await vi.waitFor(() => expect(sent.map(({ name }) => name)).toEqual(["small"]));
    expect(queue.all[0]).toMatchObject({ failure: "large has 101 B; at most 100 B are taken.", canRetry: false });
  });

  it("keep their client id when they are sent again", async () => {
    const queue = uploads();
    queue.add([file("a")], policy);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    const problem = { code: "unavailable" as const, title: "", status: 503, detail: "Busy." };
    sent[0]?.fail(new ApiProblem(problem));
    await vi.waitFor(() => expect(queue.all[0]).toMatchObject({ failure: "Busy.", canRetry: true }));
    queue.retry(queue.all[0]?.clientId ?? "");
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]?.clientId).toBe(sent[0]?.clientId);
  });

  it("that are no files say what the server found", async () => {
    const queue = uploads();
    queue.add([file("a.exe")], policy);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    const fields = [{ name: "file", code: "invalid" as const, message: "a.exe is not a PDF or an image: it begins with MZ." }];
    sent[0]?.fail(new ApiProblem({ code: "invalid-request", title: "", status: 422, detail: "file: …", fields }));
    await vi.waitFor(() => expect(queue.all[0]).toMatchObject({ failure: fields[0]?.message, canRetry: false }));
  });
});

it("sizes are written as people read them", () => {
  const sizes = [0, 1023, 1024, 1500, 10_240, 1_048_576, 26_214_400].map(formatBytes);
  expect(sizes).toEqual(["0 B", "1,023 B", "1 kB", "1.5 kB", "10 kB", "1 MB", "25 MB"]);
});
