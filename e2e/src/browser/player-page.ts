import { createReadStream } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const SCRIPTS: Readonly<Record<string, string>> = {
  '/hls.js': require.resolve('hls.js/dist/hls.min.js'),
  '/shaka.js': require.resolve('shaka-player/dist/shaka-player.compiled.js'),
  '/dash.js': require.resolve('dashjs'),
};

const PAGE = `<!doctype html><title>player</title><video id="video" muted playsinline width="320"></video>
${Object.keys(SCRIPTS)
  .map((script) => `<script src="${script}"></script>`)
  .join('')}`;

/** A page on another origin than ours with all players, as an integrator's site would have them. */
export async function servePlayerPage(): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const script = SCRIPTS[request.url ?? ''];
    if (script === undefined) {
      response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/javascript' });
    createReadStream(script).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error === undefined ? resolve() : reject(error)));
      }),
  };
}
