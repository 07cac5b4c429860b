import { THUMBNAIL } from './thumbnails.ts';

/** Whole multiples of a thumbnail, so that pictures that fill the frame lose nothing. */
export const SQUEEZED = { width: 2 * THUMBNAIL.width, height: 2 * THUMBNAIL.height } as const;
export const SQUEEZED_BYTES = (SQUEEZED.width * SQUEEZED.height * 3) / 2;

const BLACK = { luma: 16, chroma: 128 };

/** For each place of a thumbnail's side, the samples of the squeezed picture that it covers, and how much of each. */
type Side = readonly (readonly Covered[])[];

interface Covered {
  readonly sample: number;
  readonly share: number;
}

interface Plane {
  readonly width: number;
  readonly height: number;
  readonly columns: Side;
  readonly rows: Side;
  readonly black: number;
}

/**
 * Makes thumbnails of a frame with this aspect in which a picture of that aspect lies whole between bars, from the picture squeezed
 * into `SQUEEZED`: by its own arithmetic, as this is what ffmpeg's is judged by.
 */
export function unsqueezer({ picture, frame }: { picture: number; frame: number }): (squeezed: Buffer) => Buffer {
  const across = Math.min(1, picture / frame);
  const down = Math.min(1, frame / picture);
  const luma = planeOf({ divisor: 1, black: BLACK.luma, across, down });
  const chroma = planeOf({ divisor: 2, black: BLACK.chroma, across, down });
  return (squeezed) => {
    let at = 0;
    const planes = [luma, chroma, chroma].map((plane) =>
      placed(squeezed.subarray(at, (at += plane.width * plane.height)), plane),
    );
    return Buffer.concat(planes);
  };
}

function planeOf(of: { divisor: number; black: number; across: number; down: number }): Plane {
  const { divisor, black, across, down } = of;
  const [width, height] = [SQUEEZED.width / divisor, SQUEEZED.height / divisor];
  return {
    ...{ width, height, black },
    columns: sideOf(across, { from: width, to: THUMBNAIL.width / divisor }),
    rows: sideOf(down, { from: height, to: THUMBNAIL.height / divisor }),
  };
}

function placed(samples: Buffer, { width, columns, rows, black }: Plane): Buffer {
  const out = Buffer.alloc(columns.length * rows.length);
  let place = 0;
  for (const row of rows) {
    for (const column of columns) {
      let [sum, covered] = [0, 0];
      for (const down of row) {
        for (const across of column) {
          const share = down.share * across.share;
          sum += share * (samples[down.sample * width + across.sample] ?? 0);
          covered += share;
        }
      }
      out[place++] = Math.round(sum + (1 - covered) * black);
    }
  }
  return out;
}

/** `from` samples together fill this share of `to` places, in the middle. */
function sideOf(share: number, { from, to }: { from: number; to: number }): Side {
  const start = (to * (1 - share)) / 2;
  const step = (to * share) / from;
  return Array.from({ length: to }, (_, place) =>
    Array.from({ length: from }, (_unused, sample) => {
      const [begin, end] = [start + sample * step, start + (sample + 1) * step];
      return { sample, share: Math.max(0, Math.min(end, place + 1) - Math.max(begin, place)) };
    }).filter((covered) => covered.share > 0),
  );
}
