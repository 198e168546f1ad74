/**
 * The sound of a new message, where the page asked for one: a short, quiet tone that the browser makes itself, so that there
 * is no file to load. One at a time, however many messages, widgets and tabs there are.
 */
import { Promise } from "../natives";

/** How loud, of 1. */
const VOLUME = 0.08;
const LENGTH_S = 0.35;

let sounding: AudioContext | undefined;

/** Sounds once. Does nothing where the visitor has not touched the page yet, for then browsers allow no sound. */
export async function chime(): Promise<void> {
  if (sounding || !globalThis.AudioContext || navigator.userActivation?.hasBeenActive === false) return;
  if (!navigator.locks) return play();
  await navigator.locks.request("bonafide:tone", { ifAvailable: true }, (lock) => lock && play());
}

async function play(): Promise<void> {
  const audio = new AudioContext();
  sounding = audio;
  try {
    await audio.resume();
    const begin = audio.currentTime;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.setValueAtTime(784, begin);
    tone.frequency.setValueAtTime(1047, begin + LENGTH_S / 3);
    // It swells and fades, for a tone that is cut off clicks.
    volume.gain.setValueAtTime(0.0001, begin);
    volume.gain.exponentialRampToValueAtTime(VOLUME, begin + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, begin + LENGTH_S);
    tone.connect(volume).connect(audio.destination);
    const over = new Promise((done) => tone.addEventListener("ended", done, { once: true }));
    tone.start(begin);
    tone.stop(begin + LENGTH_S);
    await over;
  } finally {
    sounding = undefined;
    await audio.close();
  }
}
