const HEADER = 8;

/** An AVI in which every n-th picture is an empty chunk, as capture programs leave them for one that they dropped. */
export function withPicturesDropped(bytes: Buffer, every: number): Buffer {
  const movi = bytes.indexOf('movi', 0, 'latin1');
  const end = movi + bytes.readUInt32LE(movi - 4);
  const chunks: Buffer[] = [Buffer.from('movi', 'latin1')];
  const index: Buffer[] = [];
  let [at, length, pictures] = [movi + 4, 4, 0];
  while (at + HEADER <= end) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const isDropped = name === '00dc' && (pictures += 1) % every === 0;
    const data = isDropped ? Buffer.alloc(0) : bytes.subarray(at + HEADER, at + HEADER + size);
    at += HEADER + size + (size % 2);
    if (name !== '00dc' && name !== '01wb') continue;
    index.push(entry(name, { flags: isDropped ? 0 : 0x10, offset: length, size: data.length }));
    const chunk = sized(name, data);
    chunks.push(chunk);
    length += chunk.length;
  }
  const body = [
    bytes.subarray(12, movi - HEADER),
    sized('LIST', Buffer.concat(chunks)),
    sized('idx1', Buffer.concat(index)),
  ];
  return sized('RIFF', Buffer.concat([Buffer.from('AVI ', 'latin1'), ...body]));
}

function sized(name: string, data: Buffer): Buffer {
  const header = Buffer.alloc(HEADER);
  header.write(name, 'latin1');
  header.writeUInt32LE(data.length, 4);
  return Buffer.concat([header, data, Buffer.alloc(data.length % 2)]);
}

function entry(name: string, { flags, offset, size }: { flags: number; offset: number; size: number }): Buffer {
  const made = Buffer.alloc(16);
  made.write(name, 'latin1');
  made.writeUInt32LE(flags, 4);
  made.writeUInt32LE(offset, 8);
  made.writeUInt32LE(size, 12);
  return made;
}
