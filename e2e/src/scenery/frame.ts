export type Rgb = readonly [red: number, green: number, blue: number];

/** A picture in linear light, painted layer over layer from the back. Places are in picture heights, so that sizes do not matter. */
export class Frame {
  readonly width: number;
  readonly height: number;
  readonly light: Float32Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.light = new Float32Array(width * height * 3);
  }

  /** Covers (`alpha` 1) or tints one pixel. */
  cover(x: number, y: number, [red, green, blue]: Rgb, alpha = 1): void {
    const at = (y * this.width + x) * 3;
    this.light[at] = mix(this.light[at] ?? 0, red, alpha);
    this.light[at + 1] = mix(this.light[at + 1] ?? 0, green, alpha);
    this.light[at + 2] = mix(this.light[at + 2] ?? 0, blue, alpha);
  }

  add(x: number, y: number, [red, green, blue]: Rgb, strength: number): void {
    const at = (y * this.width + x) * 3;
    this.light[at] = (this.light[at] ?? 0) + red * strength;
    this.light[at + 1] = (this.light[at + 1] ?? 0) + green * strength;
    this.light[at + 2] = (this.light[at + 2] ?? 0) + blue * strength;
  }

  /** As 8 bit RGB, developed like film, with a grain that hides the steps of gradients. */
  toRgb24(seed: number): Uint8Array {
    const bytes = new Uint8Array(this.light.length);
    let state = (seed * 2_654_435_761) >>> 0;
    for (let at = 0; at < bytes.length; at += 3) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const grain = (state / 2 ** 32 - 0.5) * 2;
      for (let channel = 0; channel < 3; channel += 1) {
        const light = this.light[at + channel] ?? 0;
        bytes[at + channel] = Math.max(0, Math.min(255, developed(light) * 255 + grain));
      }
    }
    return bytes;
  }
}

/** Whites roll off, and the middle has more contrast than the light itself. */
function developed(light: number): number {
  const value = 1.03 * (1 - Math.exp(-1.5 * light)) ** 0.4545;
  return value + (smoothstep(0, 1, value) - value) * 0.75;
}

export function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

export function mixRgb(from: Rgb, to: Rgb, share: number): Rgb {
  return [mix(from[0], to[0], share), mix(from[1], to[1], share), mix(from[2], to[2], share)];
}

export function smoothstep(from: number, to: number, value: number): number {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
}
