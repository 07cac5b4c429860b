import { createHash } from 'node:crypto';
import { SESSION_RECHECK_MS } from '@transcode/contracts';
import { createDatabase, findApiKeys, type OpenKey } from '@transcode/db';
import { fastify } from 'fastify';
import { Pool } from 'pg';
import * as z from 'zod';

/**
 * A process that answers what the API answers, after the same check of a key, with nothing else around it: what it says lies ready in
 * tables, a row a video or a job, and is read and written as JSON. It tells its parent once it listens.
 */

const Environment = z.object({ DATABASE_URL: z.string(), PORT: z.coerce.number() });
const { DATABASE_URL: databaseUrl, PORT: port } = Environment.parse(process.env);

const db = createDatabase(databaseUrl);
const pool = new Pool({ connectionString: databaseUrl, max: 10 });
const known = new Map<string, { readonly at: number; readonly key: Promise<OpenKey | undefined> }>();

/** Believed for as long as the API believes it. */
function keyOf(authorization: string | undefined): Promise<OpenKey | undefined> {
  const secret = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const hash = createHash('sha256').update(secret).digest('hex');
  const last = known.get(hash);
  if (last !== undefined && performance.now() - last.at < SESSION_RECHECK_MS) return last.key;
  const key = findApiKeys(db, [hash]).then(([found]) => found);
  known.set(hash, { at: performance.now(), key });
  return key;
}

const app = fastify();
const readers = new WeakMap<object, OpenKey>();
app.addHook('onRequest', async (request, reply) => {
  const key = await keyOf(request.headers.authorization);
  if (key === undefined) return reply.code(401).send({ status: 401 });
  readers.set(request, key);
  return undefined;
});

for (const [path, table] of [
  ['videos', 'BareVideo'],
  ['jobs', 'BareJob'],
] as const)
  app.get<{ Querystring: { limit?: string } }>(`/api/v1/${path}`, async (request) => {
    const limit = Number(request.query.limit ?? 50);
    const { rows } = await pool.query<{ id: string; view: object }>(
      `SELECT "id", "view" FROM "${table}" WHERE "workspaceId" = $1 ORDER BY "id" DESC LIMIT $2`,
      [readers.get(request)?.workspaceId, limit + 1],
    );
    const page = rows.slice(0, limit);
    return { items: page.map(({ view }) => view), nextCursor: rows.length > limit ? page.at(-1)?.id : null };
  });

app.get<{ Params: { id: string } }>('/api/v1/videos/:id', async (request, reply) => {
  const { rows } = await pool.query<{ detail: object }>(
    'SELECT "detail" FROM "BareVideo" WHERE "id" = $1 AND "workspaceId" = $2',
    [request.params.id, readers.get(request)?.workspaceId],
  );
  return rows[0]?.detail ?? reply.code(404).send({ status: 404 });
});

app.get('/api/v1/me', async (request) => {
  const key = readers.get(request);
  const { rows } = await pool.query<object>('SELECT "id", "name" FROM "Workspace" WHERE "id" = $1', [key?.workspaceId]);
  return { user: null, role: key?.role, workspaces: rows, mustChangePassword: false };
});

await app.listen({ host: '127.0.0.1', port });
process.send?.('listening');
