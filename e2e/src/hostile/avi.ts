interface Avi {
  readonly size: readonly [width: number, height: number];
  readonly frames: number;
  /** What the text stream holds, in the wrapping that players know. */
  readonly subtitles: string;
}

/** An AVI of one MJPEG picture again and again, and a stream of subtitles, which no muxer of ffmpeg writes. */
export function aviWithSubtitles(jpeg: Buffer, { size: [width, height], frames, subtitles }: Avi): Buffer {
  const main = Buffer.concat([
    le32(40_000, 1_000_000, 0, 0x10, frames, 0, 2, jpeg.length, width, height),
    le32(0, 0, 0, 0),
  ]);
  const video = list(
    'strl',
    chunk('strh', Buffer.concat([Buffer.from('vidsMJPG'), le32(0, 0, 0, 1, 25, 0, frames, jpeg.length, 0, 0, 0, 0)])),
    chunk(
      'strf',
      Buffer.concat([le32(40, width, height), le16(1, 24), Buffer.from('MJPG'), le32(width * height * 3, 0, 0, 0, 0)]),
    ),
  );
  const texts = list(
    'strl',
    chunk('strh', Buffer.concat([Buffer.from('txts'), le32(0, 0, 0, 0, 1, 25, 0, 1, subtitles.length, 0, 0, 0, 0)])),
    chunk('strf', Buffer.alloc(0)),
  );
  const movi = list(
    'movi',
    chunk('01tx', gab2(subtitles)),
    ...Array.from({ length: frames }, () => chunk('00dc', jpeg)),
  );
  const hdrl = list('hdrl', chunk('avih', main), video, texts);
  return chunk('RIFF', Buffer.concat([Buffer.from('AVI '), hdrl, movi]));
}

function gab2(subtitles: string): Buffer {
  const name = Buffer.from('titles\0\0', 'utf16le');
  const text = Buffer.from(subtitles);
  return Buffer.concat([Buffer.from('GAB2\0'), le16(2), le32(name.length), name, le16(4), le32(text.length), text]);
}

function list(type: string, ...parts: readonly Buffer[]): Buffer {
  return chunk('LIST', Buffer.concat([Buffer.from(type), ...parts]));
}

function chunk(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), le32(body.length), body, Buffer.alloc(body.length % 2)]);
}

function le16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * 2);
  return bytes;
}

function le32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4);
  return bytes;
}
