import { boxesIn } from '../src/packager/mp4/box.ts';

/** Moves every fragment of a segment by so many ticks. */
export function moveFragments(segment: Buffer, ticks: number): Buffer {
  const moved = Buffer.from(segment);
  for (const moof of boxesIn(moved)) {
    if (moof.type !== 'moof') continue;
    const at = moof.body.indexOf('tfdt', 0, 'latin1') + 8;
    moof.body.writeBigUInt64BE(moof.body.readBigUInt64BE(at) + BigInt(ticks), at);
  }
  return moved;
}

/** Sets the media time of an initialisation segment's only edit. */
export function setEdit(init: Buffer, ticks: number): Buffer {
  const changed = Buffer.from(init);
  changed.writeInt32BE(ticks, changed.indexOf('elst', 0, 'latin1') + 16);
  return changed;
}

/** Turns over bytes in the middle of the largest sample data of a segment. */
export function scramble(segment: Buffer): Buffer {
  const changed = Buffer.from(segment);
  const mdat = [...boxesIn(changed)]
    .filter(({ type }) => type === 'mdat')
    .toSorted((a, b) => b.body.length - a.body.length)[0];
  if (mdat === undefined) throw new Error('There is no media data');
  const middle = Math.floor(mdat.body.length / 2);
  for (let at = middle; at < middle + 200; at += 1) mdat.body.writeUInt8(mdat.body.readUInt8(at) ^ 0x5a, at);
  return changed;
}
