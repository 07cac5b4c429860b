import { TranscodeError } from '@transcode/contracts';

/** Both ends included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const ONE_RANGE = /^bytes=(\d*)-(\d*)$/;

/**
 * The one range a `Range` header asks for; undefined where the whole is to be sent: no header, several ranges, or none that
 * RFC 9110 knows. One outside of the file is refused with 416.
 */
export function parseByteRange(header: string | undefined, bytes: number): ByteRange | undefined {
  const [, first, last] = ONE_RANGE.exec(header?.replaceAll(' ', '') ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const wanted = Math.min(Number(last), bytes);
    if (wanted === 0) throw new TranscodeError('range_not_satisfiable', { bytes });
    return { start: bytes - wanted, end: bytes - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return undefined;
  if (start >= bytes) throw new TranscodeError('range_not_satisfiable', { bytes });
  return { start, end: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) };
}
