// Entry of the consoles. The set-up secret is taken out of the address bar before anything else runs.
import "./session/setUpSecret";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id “root”.");

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
