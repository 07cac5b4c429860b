import { packageFailed } from '../package-failed.ts';

const IDR = 5;

/** True where the first coded slice of this sample is of an IDR picture, so that decoding can start here with nothing before it. */
export function hasIdr(sample: Buffer, nalLengthBytes: number): boolean {
  for (let at = 0; at < sample.length;) {
    if (sample.length - at <= nalLengthBytes) throw packageFailed('a picture ends inside a NAL unit');
    const length = sample.readUIntBE(at, nalLengthBytes);
    at += nalLengthBytes;
    if (length === 0 || at + length > sample.length) throw packageFailed('a picture ends inside a NAL unit');
    const type = sample.readUInt8(at) & 0x1f;
    if (type >= 1 && type <= IDR) return type === IDR;
    at += length;
  }
  return false;
}
