import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';

// What the API is measured against, in its own image: Fastify and pg, a key that is looked up as a row, a list that is read by one statement, and nothing
// else. What it says lies ready in rows, as the API said it. It asks for a key again as seldom as the API does.

const ofImage = createRequire('/app/apps/api/package.json');

interface Request {
  readonly headers: { readonly authorization?: string };
  readonly query: { readonly limit?: string };
}
interface Reply {
  code(status: number): { send(body: object): object };
}
interface App {
  get(path: string, answer: (request: Request, reply: Reply) => Promise<object>): void;
  listen(where: { readonly host: string; readonly port: number }): Promise<string>;
}
interface Answered<T> {
  readonly rows: readonly T[];
}
interface Connections {
  query<T>(sql: string, values: readonly unknown[]): Promise<Answered<T>>;
}

const { fastify } = ofImage('fastify') as { fastify: () => App };
const { Pool } = ofImage('pg') as { Pool: new (options: { connectionString: string; max: number }) => Connections };

const { DATABASE_URL = '', RECHECK_MS = '0' } = process.env;
const pool = new Pool({ connectionString: DATABASE_URL, max: 10 });

const OPEN = `SELECT "workspaceId" FROM "ApiKey"
  WHERE "secretHash" = $1 AND "revokedAt" IS NULL AND ("expiresAt" IS NULL OR "expiresAt" > now())`;
const LIST = 'SELECT id, view FROM bare.videos WHERE workspace = $1 ORDER BY id DESC LIMIT $2';

const known = new Map<string, { readonly at: number; readonly workspace: Promise<string | undefined> }>();

function workspaceOf(authorization = ''): Promise<string | undefined> {
  const secret = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
  const hash = createHash('sha256').update(secret).digest('hex');
  const last = known.get(hash);
  if (last !== undefined && performance.now() - last.at < Number(RECHECK_MS)) return last.workspace;
  const workspace = pool.query<{ workspaceId: string }>(OPEN, [hash]).then(({ rows }) => rows[0]?.workspaceId);
  known.set(hash, { at: performance.now(), workspace });
  return workspace;
}

const app = fastify();
app.get('/api/v1/videos', async ({ headers, query }, reply) => {
  const workspace = await workspaceOf(headers.authorization);
  if (workspace === undefined) return reply.code(401).send({ status: 401 });
  const limit = Number(query.limit ?? 50);
  const { rows } = await pool.query<{ id: string; view: object }>(LIST, [workspace, limit + 1]);
  const page = rows.slice(0, limit);
  return { items: page.map(({ view }) => view), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
});
await app.listen({ host: '0.0.0.0', port: 8080 });
