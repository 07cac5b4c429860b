import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** The least a server can do: a PUT's body goes to a file, which is synced before the answer. `argv[2]` is the file. */
const target = process.argv[2] ?? '';

const server = createServer((request, response) => {
  void (async () => {
    await pipeline(request, createWriteStream(target));
    const handle = await open(target, 'r+');
    await handle.sync();
    await handle.close();
    response.writeHead(204).end();
  })();
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.stdout.write(`${address.port}\n`);
});
