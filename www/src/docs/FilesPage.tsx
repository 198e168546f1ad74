// `/docs/files`: which files may be sent in a chat, how the server makes sure what they are, and what it does not do.
import { Article, WideTable } from "./Article";
import { Sample } from "./Sample";

const { origin } = window.location;

const send = `curl "${origin}/api/v1/agent/conversations/cnv_…/files?clientId=offer-1" \\
  -H "Authorization: Bearer bft_…" -H "File-Name: Repair%20offer.pdf" \\
  --data-binary @offer.pdf`;

export default function FilesPage() {
  return (
    <Article
      title="Files"
      lead="Visitors and agents can send each other images and PDFs, where an administrator switches that on for a chat widget."
    >
      <h2>What may be sent</h2>
      <p>
        PNG, JPEG, WebP, GIF and PDF; of these, the types that the chat widget's form names, each file at most as large as
        it says, and never more than 25 MB. A conversation holds at most 50 files, and 200 MB of them.
      </p>
      <p>
        A reverse proxy in front of the server has to let 26 MB through. Of nginx, that is{" "}
        <code>client_max_body_size 26m</code>; it lets 1 MB through by default.
      </p>

      <h2>What is checked</h2>
      <p>
        A file's name and its content type prove nothing, so the server looks at neither. It follows an image from its first
        byte to its end while it arrives. Of a PNG, the checksums must be right. Of a PDF, it looks at the first bytes and the
        last 1,024 only: what is between may be anything. Browsers are therefore told to save a PDF, and never show one from
        this server.
      </p>
      <WideTable label="What becomes of files that are not what they seem">
        <thead>
          <tr>
            <th>What is sent</th>
            <th>What happens</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>A program, a page, an archive, an SVG, whatever its name</td>
            <td>It is refused, with what it begins with.</td>
          </tr>
          <tr>
            <td>A page that begins as an image does; an image that is cut off or damaged</td>
            <td>It is refused.</td>
          </tr>
          <tr>
            <td>An image with something after its end, such as an archive or a camera's video</td>
            <td>The image is kept, and what follows it is not.</td>
          </tr>
          <tr>
            <td>A PDF that is cut off, or has something after its end</td>
            <td>It is refused.</td>
          </tr>
          <tr>
            <td>A name with a path, with hidden characters, or with another ending</td>
            <td>The last part is kept without these, and ends as names of its type do.</td>
          </tr>
        </tbody>
      </WideTable>
      <p>
        A file is read only by the two sides of its conversation: the visitor while their session lasts, and the agents who may
        read the conversation. It is never shown as a page of this server: browsers are told its judged type and to guess no
        other, and to run nothing in it.
      </p>

      <h2>What is not done</h2>
      <ul>
        <li>
          <strong>No search for viruses.</strong> A PDF can hold script, forms and links. Agents' computers should open what
          strangers send as carefully as an attachment of an e-mail.
        </li>
        <li>
          <strong>What a photo says of itself stays in it</strong>: place, time and camera, if the sender's device wrote them.
        </li>
        <li>
          <strong>Files are not deleted by themselves.</strong> They lie in the server's data folder, below{" "}
          <code>files</code>, and go with its backups.
        </li>
      </ul>

      <h2>For programs</h2>
      <p>
        The body is the file. Its name comes in a header, percent-encoded, because proxies log addresses. Sending the same
        file with the same <code>clientId</code> again changes nothing and answers the same.
      </p>
      <Sample files={[{ language: "Shell", name: "Send a file", code: send }]} />
      <p>
        The answer is the message that brings the file: its <code>text</code> is the file's name, and its{" "}
        <code>attachment</code> has the id under which <code>…/files/fil_…</code> gives it back.
      </p>
    </Article>
  );
}
