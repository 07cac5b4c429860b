import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

export interface TakenDocument {
  readonly action: string;
  readonly index: string;
  readonly source: Readonly<Record<string, unknown>>;
}

export interface ElasticSink {
  readonly url: string;
  readonly documents: readonly TakenDocument[];
  close(): Promise<void>;
}

/** Takes documents as Elasticsearch does, as far as Filebeat asks. */
export async function openElasticSink(): Promise<ElasticSink> {
  const documents: TakenDocument[] = [];
  const server = createServer((request, response) => {
    const answer = async (): Promise<object> => {
      const body = await buffer(request);
      const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
      if (request.url?.startsWith('/_bulk') !== true) return { version: { number: '7.17.0' }, license: LICENSE };
      const taken = readBulk(text);
      documents.push(...taken);
      return { errors: false, items: taken.map(({ action }) => ({ [action]: { status: 201 } })) };
    };
    answer().then(
      (value) =>
        response
          .writeHead(200, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' })
          .end(JSON.stringify(value)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    documents,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const LICENSE = { type: 'basic', mode: 'basic', status: 'active' };

/** Two lines a document: what is to be done, and with what. */
function readBulk(text: string): TakenDocument[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.flatMap((line, at) => {
    if (at % 2 === 1) return [];
    const [[action, { _index: index }] = ['', { _index: '' }]] = Object.entries(
      JSON.parse(line) as Record<string, { _index: string }>,
    );
    return [{ action, index, source: JSON.parse(lines[at + 1] ?? '{}') as Record<string, unknown> }];
  });
}
