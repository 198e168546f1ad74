// A chat widget's values in words: for whoever chooses between two versions of them.
import type { Words } from "../../forms/MergeDialog";
import type { WidgetValues } from "./widgetValues";

type Named = readonly { id: string; name: string }[];

export function wordsOf(streams: Named, settings: Named): Words<WidgetValues> {
  const nameIn = (all: Named) => (id: string) => all.find((one) => one.id === id)?.name ?? id;
  return {
    name: "Name",
    workStream: ["Work stream", nameIn(streams)],
    authenticationSetting: ["Authentication setting", (id) => (id === "" ? "None" : nameIn(settings)(id))],
    signIn: ["Visitors who are not signed in", (signIn) => (signIn === "required" ? "Must sign in first" : "May chat anonymously")],
    allowedOrigins: "Allowed origins",
    releaseSeconds: "Place kept in seconds",
    takesFiles: "Files may be sent",
    fileMegabytes: "Largest file in megabytes",
    fileTypes: "Types of files",
    title: "Title",
    greeting: "Greeting",
    accentColor: "Accent colour",
    position: ["Position", (position) => (position === "start" ? "Start of the line" : "End of the line")],
  };
}
