import type { Random } from '@transcode/testing/random';

/** Samples a second at which sounds are drawn. */
export const DRAWN_RATE = 48_000;

export interface DrawnSound {
  /** What it is and of which numbers, to be made again. */
  readonly what: string;
  /** Whether it is like itself at no other place nearby, so that another place is noticed. */
  readonly isUnique: boolean;
  /** The sample at this second, -1 to 1. */
  at(seconds: number): number;
}

type Draw = Random['between'];

/** One number for each place, looking random. */
function hash(place: number, salt: number): number {
  let mixed = Math.imul(place ^ salt, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca77);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 31 - 1;
}

const wave = (frequency: number, seconds: number): number => Math.sin(2 * Math.PI * frequency * seconds);
const noise = (seconds: number, salt: number): number => hash(Math.round(seconds * DRAWN_RATE), salt);
/** Not so high that little of it is left where sounds are compared. */
const lowNoise = (seconds: number, salt: number): number => {
  const place = seconds * 4000;
  const before = Math.floor(place);
  return hash(before, salt) + (hash(before + 1, salt) - hash(before, salt)) * (place - before);
};

/** Every kind of sound that is hard to compare, and some that are not. */
const KINDS: readonly ((draw: Draw) => Omit<DrawnSound, 'isUnique'> & { isUnique?: true })[] = [
  (draw) => {
    const [frequency, volume] = [draw(20, 8000), draw(0.01, 1)];
    return { what: `sine ${frequency} ${volume}`, at: (t) => volume * wave(frequency, t) };
  },
  (draw) => {
    const [frequency, volume] = [draw(15, 120), draw(0.05, 1)];
    return { what: `bass ${frequency} ${volume}`, at: (t) => volume * wave(frequency, t) };
  },
  (draw) => {
    const [frequency, volume] = [draw(3700, 4300), draw(0.05, 1)];
    return { what: `at the edge ${frequency} ${volume}`, at: (t) => volume * wave(frequency, t) };
  },
  (draw) => {
    const [frequency, volume] = [draw(30, 2000), draw(0.01, 1)];
    return { what: `square ${frequency} ${volume}`, at: (t) => volume * Math.sign(wave(frequency, t)) };
  },
  (draw) => {
    const [rate, volume] = [draw(0.4, 50), draw(0.1, 1)];
    return { what: `clicks ${rate} ${volume}`, at: (t) => ((t * rate) % 1 < rate * 0.0004 ? volume : 0) };
  },
  (draw) => {
    const [low, high, every] = [draw(697, 941), draw(1209, 1633), draw(0.1, 0.5)];
    return {
      what: `DTMF ${low} ${high} ${every}`,
      at: (t) => ((t / every) % 1 < 0.6 ? 0.4 * (wave(low, t) + wave(high, t)) : 0),
    };
  },
  (draw) => {
    const [frequency, beat] = [draw(100, 3000), draw(0.3, 30)];
    return { what: `beating ${frequency} ${beat}`, at: (t) => 0.4 * (wave(frequency, t) + wave(frequency + beat, t)) };
  },
  (draw) => {
    const [frequency, volume] = [draw(100, 3000), draw(0.0005, 0.005)];
    return { what: `very quiet ${frequency} ${volume}`, at: (t) => volume * wave(frequency, t) };
  },
  (draw) => {
    const [frequency, salt] = [draw(100, 1500), draw(0, 1e6)];
    return {
      what: `clipped ${frequency} ${salt}`,
      at: (t) => Math.max(-1, Math.min(1, 4 * wave(frequency, t) + 2 * lowNoise(t, salt))),
      isUnique: true,
    };
  },
  (draw) => {
    const [salt, volume] = [draw(0, 1e6), draw(0.02, 0.8)];
    return { what: `white noise ${salt} ${volume}`, at: (t) => volume * noise(t, salt) };
  },
  (draw) => {
    const [salt, volume] = [draw(0, 1e6), draw(0.05, 0.8)];
    return { what: `dull noise ${salt} ${volume}`, at: (t) => volume * lowNoise(t, salt), isUnique: true };
  },
  (draw) => {
    const [from, to] = [draw(80, 400), draw(600, 3000)];
    return {
      what: `glide ${from} ${to}`,
      at: (t) => 0.5 * Math.sin(2 * Math.PI * (from * t + ((to - from) * t * t) / 8)),
      isUnique: true,
    };
  },
  (draw) => {
    const [salt, pitch] = [draw(0, 1e6), draw(90, 250)];
    const loudness = (t: number): number =>
      Math.max(0, hash(Math.floor(t * 5), salt)) * Math.sin(Math.PI * ((t * 5) % 1));
    return {
      what: `like speech ${salt} ${pitch}`,
      at: (t) => loudness(t) * (0.4 * wave(pitch, t) + 0.3 * wave(3 * pitch, t) + 0.2 * lowNoise(t, salt)),
    };
  },
  (draw) => {
    // Vowels and consonants: noise that grows and fades by syllables that are never alike.
    const [salt, rate] = [draw(0, 1e6), draw(2, 6)];
    const loudness = (t: number): number =>
      Math.abs(hash(Math.floor(t * rate), salt)) * Math.sin(Math.PI * ((t * rate) % 1));
    return { what: `syllables of noise ${salt} ${rate}`, at: (t) => loudness(t) * lowNoise(t, salt), isUnique: true };
  },
  (draw) => {
    const [salt, step] = [draw(0, 1e6), draw(0.12, 0.4)];
    return {
      what: `melody ${salt} ${step}`,
      at: (t) =>
        0.5 *
        wave(220 * 2 ** (Math.floor(12 * (1 + hash(Math.floor(t / step), salt))) / 12), t) *
        Math.exp(-4 * ((t / step) % 1)),
    };
  },
  (draw) => {
    const [frequency, from, until] = [draw(100, 3000), draw(0, 1.5), draw(1.6, 4)];
    return {
      what: `only between ${from} and ${until}, ${frequency}`,
      at: (t) => (t > from && t < until ? 0.3 * wave(frequency, t) : 0),
    };
  },
  (draw) => {
    const [lasts, frequency] = [draw(0.01, 0.9), draw(100, 3000)];
    return { what: `short ${lasts} ${frequency}`, at: (t) => (t < lasts ? 0.5 * wave(frequency, t) : 0) };
  },
];

/** So many sounds, one of each kind in turn. */
export function drawSounds(count: number, random: Random): DrawnSound[] {
  const draw: Draw = (least, most) => random.between(least, most);
  return Array.from({ length: count }, (_, position) => {
    const kind = KINDS[position % KINDS.length];
    if (kind === undefined) throw new Error('There is no kind of sound');
    return { isUnique: false, ...kind(draw) };
  });
}
