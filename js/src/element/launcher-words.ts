/**
 * The few words of the launcher, in every language: it is on the page before any chunk of words is loaded.
 * In order: open, close, unread messages (`#` is the number), could not be loaded.
 */
export type LauncherWords = readonly [open: string, close: string, unread: string, failed: string];

/** By primary language. */
export const LAUNCHER_WORDS: Readonly<Record<string, LauncherWords>> = {
  en: ["Open chat", "Close chat", "Unread messages: #", "The chat could not be loaded. Please try again."],
  de: ["Chat öffnen", "Chat schließen", "Ungelesene Nachrichten: #", "Der Chat konnte nicht geladen werden. Bitte erneut versuchen."],
  fr: ["Ouvrir le chat", "Fermer le chat", "Messages non lus : #", "Le chat n’a pas pu être chargé. Veuillez réessayer."],
  es: ["Abrir el chat", "Cerrar el chat", "Mensajes sin leer: #", "No se pudo cargar el chat. Inténtelo de nuevo."],
  ja: ["チャットを開く", "チャットを閉じる", "未読メッセージ：#件", "チャットを読み込めませんでした。もう一度お試しください。"],
  ar: ["فتح الدردشة", "إغلاق الدردشة", "رسائل غير مقروءة: #", "تعذّر تحميل الدردشة. يُرجى المحاولة مرة أخرى."],
};
