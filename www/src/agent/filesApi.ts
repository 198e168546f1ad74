// Files of conversations: sent with their progress, and where they are read. By XMLHttpRequest, as `fetch` does not tell how much
// of a body has gone.
import { problemFrom, unreachable } from "../api/problem";
import type { Message } from "../api/types";

/** Where a file is. The browser fetches it with the session's cookie. */
export const fileUrl = (conversation: string, file: string): string => `${filesUrl(conversation)}/${encodeURIComponent(file)}`;

/** Sends a file. Sending the same `clientId` again changes nothing and answers the same. Rejects with an ApiProblem. */
export function sendFile(
  conversation: string,
  clientId: string,
  file: File,
  { onProgress, signal }: { onProgress: (sent: number) => void; signal: AbortSignal },
): Promise<Message> {
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.open("POST", `${filesUrl(conversation)}?clientId=${encodeURIComponent(clientId)}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("File-Name", encodeURIComponent(file.name.replace(/\p{Surrogate}/gu, "\ufffd")));
    request.responseType = "json";
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onload = () => {
      if (request.status === 201) resolve(request.response as Message);
      else reject(problemFrom(request.response, new Response(null, { status: request.status })));
    };
    request.onerror = () => reject(unreachable(undefined));
    signal.onabort = () => {
      request.abort();
      reject(signal.reason);
    };
    request.send(file);
  });
}

const filesUrl = (conversation: string): string => `/api/v1/agent/conversations/${encodeURIComponent(conversation)}/files`;
