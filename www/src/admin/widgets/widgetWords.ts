// A chat widget's values in words: for whoever chooses between two versions of them.
import type { Words } from "../../forms/MergeDialog";
import { typeNames } from "./fileTypes";
import type { SignIn, WidgetValues } from "./widgetValues";

const words: Record<SignIn["unknown"], string> = {
  required: "Visitors must sign in first",
  optional: "Visitors may chat anonymously",
};

type Named = readonly { id: string; name: string }[];

export function wordsOf(streams: Named, settings: Named): Words<WidgetValues> {
  const nameIn = (all: Named) => (id: string) => all.find((one) => one.id === id)?.name ?? id;
  return {
    name: "Name",
    workStream: ["Work stream", nameIn(streams)],
    signIn: ["Sign-in", ({ setting, unknown }) => (setting === "" ? "No authentication setting" : `${nameIn(settings)(setting)}\n${words[unknown]}`)],
    allowedOrigins: "Allowed origins",
    releaseSeconds: "Place kept in seconds",
    files: ["Files", (files) => (files === null ? "None may be sent" : `At most ${files.megabytes} MB\n${files.types.map((type) => typeNames[type]).join(", ")}`)],
    title: "Title",
    greeting: "Greeting",
    accentColor: "Accent colour",
    position: ["Position", (position) => (position === "start" ? "Start of the line" : "End of the line")],
  };
}
