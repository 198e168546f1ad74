/** What the part for files says, in the languages of the panel. It comes with that part only. */

/** The words. */
export interface FileWords {
  attach: string;
  save: string;
  sending: string;
  cancel: string;
  discard: string;
  again: string;
  unsent: string;
  tooLarge: string;
  wrong: string;
  full: string;
  network: string;
}

const en: FileWords = {
  attach: "Send a file",
  save: "Save {name}",
  sending: "Sending {name}",
  cancel: "Cancel",
  discard: "Discard",
  again: "Try again",
  unsent: "Not sent",
  tooLarge: "{name} is too large: at most {size}.",
  wrong: "{name} is not a file that can be sent here: {types}.",
  full: "No more files can be sent in this chat.",
  network: "{name} did not arrive. Please try again.",
};

const words: Record<string, FileWords> = {
  en,
  de: {
    attach: "Datei senden",
    save: "{name} speichern",
    sending: "{name} wird gesendet",
    cancel: "Abbrechen",
    discard: "Verwerfen",
    again: "Erneut versuchen",
    unsent: "Nicht gesendet",
    tooLarge: "{name} ist zu groß: höchstens {size}.",
    wrong: "{name} kann hier nicht gesendet werden. Möglich sind: {types}.",
    full: "In diesem Chat können keine weiteren Dateien gesendet werden.",
    network: "{name} ist nicht angekommen. Bitte versuchen Sie es erneut.",
  },
  es: {
    attach: "Enviar un archivo",
    save: "Guardar {name}",
    sending: "Enviando {name}",
    cancel: "Cancelar",
    discard: "Descartar",
    again: "Reintentar",
    unsent: "No enviado",
    tooLarge: "{name} es demasiado grande: como máximo {size}.",
    wrong: "{name} no se puede enviar aquí. Se admiten: {types}.",
    full: "No se pueden enviar más archivos en este chat.",
    network: "{name} no ha llegado. Inténtelo de nuevo.",
  },
  fr: {
    attach: "Envoyer un fichier",
    save: "Enregistrer {name}",
    sending: "Envoi de {name}",
    cancel: "Annuler",
    discard: "Ignorer",
    again: "Réessayer",
    unsent: "Non envoyé",
    tooLarge: "{name} est trop volumineux : {size} au maximum.",
    wrong: "{name} ne peut pas être envoyé ici. Formats acceptés : {types}.",
    full: "Aucun autre fichier ne peut être envoyé dans ce chat.",
    network: "{name} n'est pas arrivé. Veuillez réessayer.",
  },
  ja: {
    attach: "ファイルを送信",
    save: "{name} を保存",
    sending: "{name} を送信しています",
    cancel: "キャンセル",
    discard: "破棄",
    again: "再試行",
    unsent: "送信できませんでした",
    tooLarge: "{name} は大きすぎます。最大 {size} です。",
    wrong: "{name} はここでは送信できません。送信できる形式: {types}。",
    full: "このチャットではこれ以上ファイルを送信できません。",
    network: "{name} が届きませんでした。もう一度お試しください。",
  },
  ar: {
    attach: "إرسال ملف",
    save: "حفظ {name}",
    sending: "جارٍ إرسال {name}",
    cancel: "إلغاء",
    discard: "تجاهل",
    again: "إعادة المحاولة",
    unsent: "لم يُرسل",
    tooLarge: "{name} كبير جدًا: الحد الأقصى {size}.",
    wrong: "لا يمكن إرسال {name} هنا. الأنواع المقبولة: {types}.",
    full: "لا يمكن إرسال مزيد من الملفات في هذه المحادثة.",
    network: "لم يصل {name}. يُرجى المحاولة مرة أخرى.",
  },
};

/** The words of a language, or English. */
export const wordsFor = (tag: string): FileWords => words[tag.slice(0, 2).toLowerCase()] ?? en;

/** Puts values in the places of a sentence. A name is kept apart from the sentence around it, whichever way it is written. */
export const fillIn = (sentence: string, values: Record<string, string>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, key: string) => `\u2068${values[key] ?? ""}\u2069`);

/** `3.4 MB`, as people of this language write it. */
export function sizeIn(tag: string, bytes: number): string {
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "kilobyte"] : [bytes / 1024 / 1024, "megabyte"];
  return new Intl.NumberFormat(tag, { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}
