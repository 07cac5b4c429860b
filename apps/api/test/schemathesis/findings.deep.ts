import { randomInt } from 'node:crypto';
import path from 'node:path';
import { temporaryFolder } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { restProcedures } from '../../src/rest/rest-routes.ts';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { handOutCredentials, type Credentials } from './credentials.ts';
import { forgetCounts } from './forget-counts.ts';
import { readFindings } from './read-findings.ts';
import { runSchemathesis } from './run-schemathesis.ts';
import { sow } from './seeds.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Draws what is sent; empty: any. */
    seed: string;
    /** For all of it; empty: as long as it is meant to take. */
    seconds: string;
  }
}

const SECONDS = Number(inject('seconds') || 15 * 60);
const SEED = Number(inject('seed') || randomInt(1_000_000));
const ROLES = ['editor', 'admin'] as const;
/** How often what was deleted is there anew. */
const SOW_MS = 10_000;
/** It ends what it has begun. */
const PATIENCE_MS = 300_000;

let here: Installation;
let api: RunningApi;
let credentials: Credentials;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const disposables = new AsyncDisposableStack();

beforeAll(async () => {
  here = await install();
  disposables.defer(() => here.dispose());
  api = await here.start();
  folder = await temporaryFolder('schemathesis');
  disposables.defer(() => folder.remove());
  credentials = await handOutCredentials(here, {
    editor: { role: 'editor', workspaceId: here.workspaceId },
    admin: { role: 'admin', workspaceId: here.workspaceId },
    stranger: { role: 'editor', workspaceId: await here.workspace() },
  });
  disposables.use(credentials);
  disposables.use(forgetCounts(here));
});
afterAll(() => disposables.disposeAsync());

describe(`schemathesis, by the seed ${SEED}`, () => {
  const timeout = SECONDS * 1_000 + PATIENCE_MS;
  test.for(ROLES)('finds nothing as %s but what docs/integrating.md says', { timeout }, async (user) => {
    const token = await sow(here, await credentials.personOf(user));
    const sowing = setInterval(() => void credentials.personOf(user).then((owner) => sow(here, owner)), SOW_MS);
    const { code, said, events } = await runSchemathesis({
      url: api.url,
      folder: path.join(folder.path, user),
      seconds: Math.ceil(SECONDS / ROLES.length),
      seed: SEED,
      user,
      sessions: { [user]: credentials.urlOf(user), stranger: credentials.urlOf('stranger') },
      // An administrator sees everything.
      peers: user === 'admin' ? [] : [user, 'stranger'],
      tokens: [token],
    }).finally(() => clearInterval(sowing));
    const { requests, wrong, excepted } = await readFindings(events, operationAt);
    expect(wrong.join('\n\n')).toBe('');
    const isExplained = code === 0 || (code === 1 && excepted > 0);
    if (!isExplained || requests < restProcedures().length) throw new Error(`It ended with ${code}:\n${said}`);
  });
});

/** An address that is written out comes before one that has a parameter in its place. */
function operationAt(method: string, address: string): string | undefined {
  const fits = restProcedures().filter(({ route }) => {
    const pattern = route.path.replaceAll(/\{\w+\}/g, '[^/]+');
    return route.method === method && new RegExp(`^/api/v1${pattern}$`).test(address);
  });
  return (fits.find(({ route }) => !route.path.includes('{')) ?? fits[0])?.name;
}
