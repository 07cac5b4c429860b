import { open } from 'node:fs/promises';

/** Bytes of a file, both ends included; fewer where it ends. */
export async function readPart(file: string, { start, end }: { start: number; end: number }): Promise<Buffer> {
  await using handle = await open(file);
  const buffer = Buffer.alloc(end - start + 1);
  const { bytesRead } = await handle.read({ buffer, position: start });
  return buffer.subarray(0, bytesRead);
}
