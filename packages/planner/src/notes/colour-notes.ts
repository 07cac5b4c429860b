import type { VideoStream } from '@transcode/contracts';
import { isRgb, known, takenColour } from '../picture/taken-colour.ts';

const CURVE = ['primaries', 'transfer'] as const;

/** Where a source's colours are taken for something else than it says, or it says too little of colours that are not everybody's. */
export function colourNotes(video: VideoStream): string[] {
  const taken = takenColour(video);
  const fields = isRgb(video.pixelFormat) ? CURVE : ([...CURVE, 'matrix'] as const);
  const replaced = fields.flatMap((field) => {
    const said = video.colour[field];
    if (!known(said) || said === taken[field]) return [];
    return [`The source says ${field} ${said}, which does not go with its picture; ${taken[field]} is taken instead.`];
  });
  const missing = fields.filter((field) => !known(video.colour[field]));
  const isWide = video.dynamicRange !== 'sdr' || taken.primaries === 'bt2020';
  if (!isWide || missing.length === 0) return replaced;
  const names = missing.map((field) => taken[field]);
  return [...replaced, `The source does not say its ${listed(missing)}; ${listed(names)} ${are(names)} taken.`];
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function are(names: readonly string[]): string {
  return names.length === 1 ? 'is' : 'are';
}
