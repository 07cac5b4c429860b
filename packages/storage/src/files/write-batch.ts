import type { FileHandle } from 'node:fs/promises';

/** The most buffers that one call takes on every platform. */
const IOV_MAX = 1024;

/** Writes all of the chunks at `position`; the system may take less than it is given. */
export async function writeBatch(file: FileHandle, chunks: readonly Buffer[], position: number): Promise<void> {
  let rest = [...chunks];
  let at = position;
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev(rest.slice(0, IOV_MAX), at);
    at += bytesWritten;
    rest = after(rest, bytesWritten);
  }
}

function after(chunks: Buffer[], bytes: number): Buffer[] {
  let left = bytes;
  let index = 0;
  for (; index < chunks.length; index += 1) {
    const length = chunks[index]?.length ?? 0;
    if (left < length) break;
    left -= length;
  }
  const [first, ...others] = chunks.slice(index);
  return first === undefined ? [] : [first.subarray(left), ...others];
}
