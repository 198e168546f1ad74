/**
 * The few words of the launcher, in every language: it is on the page before any chunk of words is loaded. `{n}` is the
 * number of unread messages; the last one says that the chat could not be loaded.
 */
export const LAUNCHER_NAMES = ["open", "close", "unread", "unavailable"] as const;

/** By which names a page replaces them. */
export type LauncherName = (typeof LAUNCHER_NAMES)[number];

/** In the order of their names. */
export type LauncherWords = readonly [open: string, close: string, unread: string, unavailable: string];

/** By primary language. */
export const LAUNCHER_WORDS: Readonly<Record<string, LauncherWords>> = {
  en: ["Open chat", "Close chat", "Unread messages: {n}", "The chat could not be loaded. Please reload the page."],
  de: ["Chat öffnen", "Chat schließen", "Ungelesene Nachrichten: {n}", "Der Chat konnte nicht geladen werden. Bitte die Seite neu laden."],
  fr: ["Ouvrir le chat", "Fermer le chat", "Messages non lus : {n}", "Le chat n’a pas pu être chargé. Veuillez recharger la page."],
  es: ["Abrir el chat", "Cerrar el chat", "Mensajes sin leer: {n}", "No se pudo cargar el chat. Recargue la página."],
  ja: ["チャットを開く", "チャットを閉じる", "未読メッセージ：{n}件", "チャットを読み込めませんでした。ページを再読み込みしてください。"],
  ar: ["فتح الدردشة", "إغلاق الدردشة", "رسائل غير مقروءة: {n}", "تعذّر تحميل الدردشة. يُرجى إعادة تحميل الصفحة."],
};
