/**
 * What the script tag's loader has already and the chunk for the open chat needs too. The loader hangs it on the element's
 * class, and the build of that chunk takes it from there: nobody loads it twice. In the npm package, bundlers see to that.
 */
import { methods, native, page, statics, take } from "../engine/pkg/taken";
import { ChatError } from "../errors";
import { ignore, inTime } from "../in-time";
import { forLanguage, pageLanguage } from "../locale";
import { isPhone } from "../phone";
import { signedOut } from "../signed-out";
import { keep, recall } from "../storage";
import { adopt, fill, h, icon, say, styleSheet } from "./dom";

/** In one order for both: they are built together. The loader's `newer` comes last. */
export const shared = [
  ChatError,
  adopt,
  fill,
  forLanguage,
  h,
  icon,
  ignore,
  inTime,
  isPhone,
  keep,
  methods,
  native,
  page,
  pageLanguage,
  recall,
  say,
  signedOut,
  statics,
  styleSheet,
  take,
] as const;
