/** Outlines on a grid of 24, for `icon()`. */
export const CHECK = "M5 12.5l4.5 4.5L19 7.5";
export const DOWN = "M6 9.5l6 6 6-6";
export const LEAVE = "M14 4.5H7A2.5 2.5 0 0 0 4.5 7v10A2.5 2.5 0 0 0 7 19.5h7M10 12h10m-3.5-4L20 12l-3.5 4";
export const PERSON = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.6-3.6 3.6-5.5 7.5-5.5s6.9 1.9 7.5 5.5";
export const SEND = "M12 19V5.5M6 11.5l6-6 6 6";
export const SPEECH = "M4 19.5V6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H8z";
export const WARNING = "M12 8v5m0 3.2v.1M12 3.5 2.8 19.5h18.4z";
