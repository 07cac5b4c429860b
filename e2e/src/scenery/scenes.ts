import { mixRgb, smoothstep, type Frame, type Rgb } from './frame.ts';
import { glow, gradient, ridge, sky, stars, type Stop } from './layers.ts';
import { hash, noise, roughNoise } from './noise.ts';

/** Paints what is seen after some seconds. */
export type Scene = (frame: Frame, seconds: number) => void;

/** Ranges of hills, one behind the other, with the sun coming up behind the last. */
const dawn: Scene = (frame, seconds) => {
  sky(frame, [
    { at: 0, colour: [0.045, 0.1, 0.22] },
    { at: 0.3, colour: [0.2, 0.24, 0.34] },
    { at: 0.52, colour: [0.95, 0.42, 0.2] },
    { at: 1, colour: [0.9, 0.4, 0.2] },
  ]);
  const sun = { x: 1.12, y: 0.345 - seconds * 0.006 };
  glow(frame, { ...sun, radius: 0.32, colour: [1, 0.42, 0.14], strength: 0.55 });
  glow(frame, { ...sun, radius: 0.05, colour: [1, 0.84, 0.56], strength: 2.6, hardness: 14 });
  const ranges = 7;
  for (let range = 0; range < ranges; range += 1) {
    const near = range / (ranges - 1);
    const drift = seconds * 0.035 * (0.15 + near ** 1.8);
    ridge(frame, {
      crest: (x) =>
        0.5 + near * 0.46 - (0.25 - near * 0.03) * roughNoise((x + drift) * (1.5 + near * 0.9), 11 + range, 6),
      colour: mixRgb([0.34, 0.2, 0.2], [0.008, 0.02, 0.032], near ** 0.55),
      haze: mixRgb([0.8, 0.38, 0.2], [0.02, 0.045, 0.06], near ** 0.7),
      depth: 0.2,
    });
  }
};

/** The sea under the last light, with the sun's way on it. */
const sea: Scene = (frame, seconds) => {
  const horizon = 0.52;
  const air: readonly Stop[] = [
    { at: 0, colour: [0.05, 0.06, 0.19] },
    { at: 0.3, colour: [0.3, 0.14, 0.32] },
    { at: horizon, colour: [1.25, 0.48, 0.2] },
  ];
  const sun = { x: 0.72, y: 0.45 + seconds * 0.004 };
  sky(frame, air);
  glow(frame, { ...sun, radius: 0.4, colour: [1, 0.38, 0.14], strength: 0.8 });
  glow(frame, { ...sun, radius: 0.07, colour: [1, 0.66, 0.34], strength: 2.6, hardness: 16 });
  const { width, height } = frame;
  for (let row = Math.floor(horizon * height); row < height; row += 1) {
    const depth = Math.max(0, row / height - horizon) / (1 - horizon);
    const far = 1 / (0.03 + depth);
    const water = mixRgb(gradient(air, horizon * (1 - depth)), [0.004, 0.012, 0.035], 0.3 + 0.55 * depth ** 0.5);
    for (let column = 0; column < width; column += 1) {
      const x = (column / height - sun.x) * far;
      const wave = swell(x, far, seconds);
      const way = Math.exp(-((x / (0.8 + 2.2 * depth)) ** 2));
      frame.cover(column, row, water);
      frame.add(column, row, [0.5, 0.22, 0.2], smoothstep(-0.6, 1, wave) * 0.16);
      frame.add(column, row, [1, 0.52, 0.24], smoothstep(0.25, 0.75, wave) * (0.03 + 1.5 * way));
    }
  }
};

/** How much a place of the sea is turned to the light: waves of five lengths, each on its own way. */
function swell(x: number, far: number, seconds: number): number {
  let height = 0;
  for (let at = 0; at < 5; at += 1) {
    const length = 1.9 ** at;
    const bend = 1.2 * Math.sin(x * 0.7 * length + at * 2.4 + seconds * 0.5);
    height +=
      Math.sin(far * 3.4 * length + x * (at % 2 === 0 ? 1.3 : -1.1) * length + bend + seconds * (1.1 + 0.5 * at)) /
      (1 + at * 0.55);
  }
  return height / 2.2;
}

/** Northern lights over dark hills. */
const aurora: Scene = (frame, seconds) => {
  sky(frame, [
    { at: 0, colour: [0.002, 0.004, 0.02] },
    { at: 0.7, colour: [0.006, 0.03, 0.05] },
    { at: 1, colour: [0.012, 0.06, 0.07] },
  ]);
  stars(frame, 900, 0.75, seconds);
  const { width, height } = frame;
  for (let curtain = 0; curtain < 3; curtain += 1) {
    for (let column = 0; column < width; column += 1) {
      const x = column / height + curtain * 3.7 + seconds * 0.03 * (curtain + 1);
      const foot =
        0.66 - curtain * 0.1 - 0.26 * noise(x * 1.1 + seconds * 0.05, 40 + curtain) + 0.03 * noise(x * 7, 50);
      const rays = 0.35 + 0.65 * noise(x * 26 + seconds * 0.5, 60 + curtain);
      const strength =
        rays * smoothstep(0.25, 0.8, noise(x * 1.4 - seconds * 0.1, 70 + curtain)) * (0.75 - 0.15 * curtain);
      const reach = 0.13 + 0.22 * noise(x * 3, 80 + curtain);
      for (let row = 0; row < foot * height; row += 1) {
        const up = foot - row / height;
        const light = strength * Math.exp(-up / reach) * smoothstep(0, 0.035, up);
        if (light > 0.003)
          frame.add(column, row, mixRgb([0.12, 1, 0.46], [0.6, 0.16, 0.85], smoothstep(0.02, 0.4, up)), light);
      }
    }
  }
  const hills: readonly (readonly [number, Rgb])[] = [
    [0.84, [0.01, 0.035, 0.04]],
    [0.93, [0.003, 0.008, 0.012]],
  ];
  for (const [at, [base, colour]] of hills.entries()) {
    ridge(frame, {
      crest: (x) => base - 0.17 * roughNoise((x + seconds * 0.008 * (at + 1)) * 1.7, 90 + at, 7),
      colour,
      haze: mixRgb(colour, [0.02, 0.07, 0.08], 0.5),
      depth: 0.3,
    });
  }
};

/** Dunes in low sun: each has a lit and a shaded side. */
const dunes: Scene = (frame, seconds) => {
  sky(frame, [
    { at: 0, colour: [0.1, 0.28, 0.62] },
    { at: 0.5, colour: [0.66, 0.74, 0.8] },
    { at: 1, colour: [0.9, 0.8, 0.66] },
  ]);
  const { width, height } = frame;
  for (let dune = 0; dune < 5; dune += 1) {
    const near = dune / 4;
    const drift = seconds * 0.04 * (0.2 + near * near);
    const crest = (x: number) =>
      0.47 + near * 0.36 - (0.13 + 0.1 * near) * noise((x + drift) * (1.9 - near * 0.7) + dune * 5.1, 121 + dune);
    for (let column = 0; column < width; column += 1) {
      const x = column / height;
      const top = crest(x);
      const slope = (crest(x + 0.004) - top) / 0.004;
      for (let row = Math.max(0, Math.floor(top * height)); row < height; row += 1) {
        const below = row / height - top;
        const edge = 0.32 * noise((x + drift) * 2.2 + below * 1.4, 140 + dune);
        const shade = smoothstep(-0.2, 0.25, slope + (below - edge) * 1.6);
        const ripple = 0.035 * Math.sin((below * 190 + Math.sin((x + drift) * 9) * 3.5) / (1.2 - near * 0.6)) * near;
        const colour = mixRgb([0.95, 0.43, 0.13], [0.12, 0.05, 0.06], shade);
        const hazy = mixRgb(colour, [0.8, 0.58, 0.42], (1 - near) * 0.6);
        frame.cover(
          column,
          row,
          mixRgb(hazy, [1.2, 0.8, 0.45], ripple * (1 - shade) * 4),
          Math.min(1, row + 1 - top * height),
        );
      }
    }
  }
};

const LAMPS: readonly Rgb[] = [
  [1, 0.5, 0.16],
  [1, 0.72, 0.4],
  [0.3, 0.62, 1],
  [1, 0.2, 0.16],
  [0.85, 0.9, 1],
];

/** A city at night, out of focus. */
const city: Scene = (frame, seconds) => {
  sky(frame, [
    { at: 0, colour: [0.003, 0.005, 0.016] },
    { at: 0.6, colour: [0.018, 0.014, 0.04] },
    { at: 1, colour: [0.006, 0.004, 0.012] },
  ]);
  const aspect = frame.width / frame.height;
  for (let lamp = 0; lamp < 190; lamp += 1) {
    const near = hash(lamp, 5);
    const x = ((hash(lamp, 6) * 1.3 + seconds * 0.02 * (0.4 + near)) % 1.3) * aspect - 0.15 * aspect;
    const y = 0.55 + (hash(lamp, 7) - 0.5) * (0.16 + 0.75 * near ** 2);
    const colour = LAMPS[Math.floor(hash(lamp, 8) * LAMPS.length)] ?? [1, 1, 1];
    const blink = 0.75 + 0.25 * Math.sin(seconds * (0.6 + 2 * hash(lamp, 9)) + lamp);
    const radius = 0.01 + 0.07 * near ** 2;
    glow(frame, { x, y, radius, colour, strength: (0.1 + 0.5 * hash(lamp, 10) ** 2) * blink, hardness: 8 });
  }
};

export const SCENES = { dawn, sea, aurora, dunes, city } as const;
export type SceneName = keyof typeof SCENES;
