/** Sound is compared as 16-bit mono at this many samples a second: where AAC keeps the wave's shape. */
export const SAMPLE_RATE = 8_000;
const BYTES_A_SAMPLE = 2;

/** How much sound came. */
export class SampleCount {
  samples = 0;

  get seconds(): number {
    return this.samples / SAMPLE_RATE;
  }
}

/** One second after another, counted as they come; the last is filled up with silence. */
export async function* soundSeconds(stream: AsyncIterable<Buffer>, count: SampleCount): AsyncGenerator<Int16Array> {
  const length = SAMPLE_RATE * BYTES_A_SAMPLE;
  let held: Buffer = Buffer.alloc(0);
  for await (const data of stream) {
    held = held.length === 0 ? data : Buffer.concat([held, data]);
    for (; held.length >= length; held = held.subarray(length)) {
      count.samples += SAMPLE_RATE;
      yield samplesOf(held.subarray(0, length));
    }
  }
  const rest = Math.floor(held.length / BYTES_A_SAMPLE);
  if (rest === 0) return;
  count.samples += rest;
  yield samplesOf(Buffer.concat([held], length));
}

/** Raw samples may begin at an odd address. */
function samplesOf(bytes: Buffer): Int16Array {
  return new Int16Array(new Uint8Array(bytes).buffer);
}
