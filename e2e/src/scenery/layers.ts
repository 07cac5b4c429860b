import { mixRgb, smoothstep, type Frame, type Rgb } from './frame.ts';
import { hash } from './noise.ts';

export interface Stop {
  /** 0 is the top of the picture, 1 its bottom. */
  readonly at: number;
  readonly colour: Rgb;
}

/** A gradient from top to bottom over everything. */
export function sky(frame: Frame, stops: readonly Stop[]): void {
  for (let y = 0; y < frame.height; y += 1) {
    const colour = gradient(stops, y / frame.height);
    for (let x = 0; x < frame.width; x += 1) frame.cover(x, y, colour);
  }
}

export function gradient(stops: readonly Stop[], at: number): Rgb {
  const next = stops.findIndex((stop) => stop.at > at);
  const to = stops[next === -1 ? stops.length - 1 : next];
  const from = stops[next === -1 ? stops.length - 1 : Math.max(0, next - 1)];
  if (from === undefined || to === undefined) return [0, 0, 0];
  return mixRgb(from.colour, to.colour, from === to ? 0 : (at - from.at) / (to.at - from.at));
}

interface Glow {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly colour: Rgb;
  readonly strength: number;
  /** Above 1 the edge is hard, as of a disc; 1 is a soft halo. */
  readonly hardness?: number;
}

/** Light around a place. */
export function glow(frame: Frame, { x, y, radius, colour, strength, hardness = 1 }: Glow): void {
  const { width, height } = frame;
  const reach = hardness > 1 ? radius * 1.1 : radius * 3;
  const rows = [
    Math.max(0, Math.floor((y - reach) * height)),
    Math.min(height, Math.ceil((y + reach) * height)),
  ] as const;
  const columns = [
    Math.max(0, Math.floor((x - reach) * height)),
    Math.min(width, Math.ceil((x + reach) * height)),
  ] as const;
  for (let row = rows[0]; row < rows[1]; row += 1) {
    for (let column = columns[0]; column < columns[1]; column += 1) {
      const distance = Math.hypot(column / height - x, row / height - y) / radius;
      const share = hardness > 1 ? 1 - smoothstep(1 - 1 / hardness, 1, distance) : Math.exp(-2.2 * distance * distance);
      if (share > 0.002) frame.add(column, row, colour, strength * share);
    }
  }
}

interface Ridge {
  /** Where the crest is at a place from the left, both in picture heights from the top left. */
  readonly crest: (x: number) => number;
  readonly colour: Rgb;
  /** The haze that lies at its foot, and how deep below the crest it is full. */
  readonly haze: Rgb;
  readonly depth: number;
}

/** A range of hills, in front of everything painted so far. */
export function ridge(frame: Frame, { crest, colour, haze, depth }: Ridge): void {
  const { width, height } = frame;
  for (let x = 0; x < width; x += 1) {
    const top = crest(x / height) * height;
    for (let y = Math.max(0, Math.floor(top)); y < height; y += 1) {
      const below = (y - top) / height;
      const cover = Math.min(1, y + 1 - top);
      frame.cover(x, y, mixRgb(colour, haze, smoothstep(0, depth, below)), cover);
    }
  }
}

/** `count` stars above `horizon`, each with its own twinkle. */
export function stars(frame: Frame, count: number, horizon: number, seconds: number): void {
  const { width, height } = frame;
  for (let star = 0; star < count; star += 1) {
    const x = Math.floor(hash(star, 1) * (width - 1));
    const y = Math.floor(hash(star, 2) * horizon * height);
    const twinkle = 0.7 + 0.3 * Math.sin(seconds * (1 + 3 * hash(star, 3)) + star);
    const strength = hash(star, 4) ** 5 * 2.4 * twinkle + 0.05;
    for (let row = 0; row < 2; row += 1) {
      for (let column = 0; column < 2; column += 1)
        frame.add(x + column, y + row, [0.9, 0.95, 1], strength / (1 + row + column));
    }
  }
}
