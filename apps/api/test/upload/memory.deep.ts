import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProcess } from '../api-process.ts';
import type { ApiProcess } from '../api-process.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { MiB, tus } from '../tus.ts';

/** The most that a process has had in memory, in bytes. */
async function peakOf({ pid }: ApiProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

describe.each(['files', 's3'] as const)('memory, on %s', (storage) => {
  let here: Installation;
  let api: ApiProcess;
  let key: string;

  beforeAll(async () => {
    here = await install({ storage });
    api = await startProcess(here.env);
    key = await here.key('editor');
  });
  afterAll(async () => {
    await api.end('SIGTERM');
    await here.dispose();
  });

  test('stays as it is, however long an upload', async () => {
    const client = tus(api, key);
    const block = Buffer.alloc(4 * MiB, 7);
    const send = async (blocks: number): Promise<void> => {
      const path = await client.begin(blocks * block.length);
      const writer = client.slowPatch(path, 0, blocks * block.length);
      for (let n = 0; n < blocks; n += 1) await writer.write(block);
      writer.end();
      expect((await writer.answer).status).toBe(204);
    };
    await send(8);
    const before = await peakOf(api);
    await send(32);
    expect((await peakOf(api)) - before).toBeLessThan(64 * MiB);
  });

  test('stays as it is where each byte comes alone', async () => {
    const size = MiB;
    const path = await tus(api, key).begin(size);
    const before = await peakOf(api);
    const status = await sendBytewise(api.url, path, key, size);
    expect(status).toBe('HTTP/1.1 204 No Content');
    // A buffer for each of them would take 340 MiB.
    expect((await peakOf(api)) - before).toBeLessThan(200 * MiB);
  });
});

/** A PATCH in chunks of one byte; answers the status line. */
function sendBytewise(url: string, path: string, key: string, size: number): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const head = [
      `PATCH ${path} HTTP/1.1`,
      `Host: ${hostname}`,
      `Authorization: Bearer ${key}`,
      'Tus-Resumable: 1.0.0',
      'Upload-Offset: 0',
      'Content-Type: application/offset+octet-stream',
      'Transfer-Encoding: chunked',
    ];
    const many = Buffer.from('1\r\nx\r\n'.repeat(65_536));
    let left = size;
    const write = (): void => {
      while (left > 0) {
        left -= 65_536;
        if (!socket.write(many)) return void socket.once('drain', write);
      }
      socket.write('0\r\n\r\n');
    };
    socket.once('error', reject);
    socket.once('data', (data) => {
      resolve(data.toString().split('\r\n', 1)[0] ?? '');
      socket.destroy();
    });
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    write();
  });
}
