import { gunzipSync } from 'node:zlib';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBackup, isGood, makeBackup, prove, readBackups } from '../src/index.ts';
import { backupId, backupKey, putJson } from '../src/backup-store.ts';
import { unseal } from '../src/seal.ts';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ s3: true });
  await world.addVideo('One');
  await world.addVideo('Two');
});
afterAll(() => world.dispose());

describe.each(['files', 's3'] as const)('a backup on %s', (kind) => {
  test('is restored before it counts, and says what is in it', async () => {
    const engine = world.engine({ store: world.newStore(kind), settings: ['LOG_LEVEL'] });
    const { manifest, proof, removed, complaints } = await makeBackup(engine, 'asked');
    expect([removed, complaints]).toEqual([[], []]);
    expect(manifest).toMatchObject({
      ...{ format: 1, kind: 'postgres', reason: 'asked', product: '0.1.0', settings: ['LOG_LEVEL'] },
      server: expect.stringMatching(/^\d+/),
      program: expect.stringMatching(/^pg_dump \(PostgreSQL\) \d+/),
      schema: expect.stringMatching(/^\d{14}_/),
      survey: {
        extensions: expect.arrayContaining(['pg_trgm']),
        unchecked: 0,
        tables: { 'public."Video"': { rows: 2 } },
      },
    });
    const counted = await world.db.video.count();
    expect(manifest.survey.tables['public."Video"']?.rows).toBe(counted);
    expect(proof).toMatchObject({ result: 'good', migrated: [], by: 'backup' });
    expect(proof.objects).toMatchObject({ videos: 2, objects: 4, bytes: 14, missing: 0 });

    const backup = await findBackup(engine.store);
    expect([backup.id, isGood(backup)]).toEqual([manifest.id, true]);
    const lines = gunzipSync(await engine.store.read(proof.objects?.inventory?.key ?? '')).toString();
    expect(
      lines
        .trim()
        .split('\n')
        .map((line) => Object.keys(JSON.parse(line) as object)),
    ).toEqual(Array.from({ length: 4 }, () => ['video', 'key', 'bytes']));
    await engine.store.close();
  });

  test('is encrypted to a public key, proven without the private one, and restored with it alone', async () => {
    const identity = await generateX25519Identity();
    const recipients = [await identityToRecipient(identity)];
    const engine = world.engine({ store: world.newStore(kind), recipients });
    const { manifest, proof } = await makeBackup(engine, 'asked');
    expect([manifest.file.encryptedTo, proof.result]).toEqual([recipients, 'good']);
    const stored = await engine.store.read(manifest.file.key);
    expect(stored.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    // As Postgres itself marks its dumps, and as a list of objects would begin.
    expect(stored.includes('PGDMP')).toBe(false);
    const inventory = await engine.store.get(proof.objects?.inventory?.key ?? '');
    const opened = Buffer.concat((await (await unseal(inventory, [identity], manifest.id)).toArray()) as Buffer[]);
    expect(gunzipSync(opened).toString()).toContain('"key":"w/');

    const backup = await findBackup(engine.store);
    await expect(prove(engine, backup)).rejects.toMatchObject({ code: 'backup_key_missing' });
    const other = await generateX25519Identity();
    await expect(prove({ ...engine, identities: [other] }, backup)).rejects.toMatchObject({ code: 'backup_key_wrong' });
    expect(await prove({ ...engine, identities: [identity] }, backup)).toMatchObject({ result: 'good' });
    // Whoever has no key has said nothing of the backup.
    expect((await findBackup(engine.store)).proofs.map(({ result }) => result)).toEqual(['good', 'good']);
    await engine.store.close();
  });
});

test('what is written while it is made is in the next one, and rows are held against rows', async () => {
  const engine = world.engine();
  const client = new Client({ connectionString: world.stack.databaseUrl });
  await client.connect();
  await client.query('CREATE TABLE beside (id serial PRIMARY KEY, said text)');
  await client.query("INSERT INTO beside (said) SELECT repeat('x', 100) || n FROM generate_series(1, 5000) n");
  const writing = new AbortController();
  const writer = (async () => {
    while (!writing.signal.aborted) {
      await client.query("INSERT INTO beside (said) VALUES ('later')");
      await client.query("UPDATE beside SET said = said || '.' WHERE id = 1");
    }
  })();
  try {
    const { manifest, proof } = await makeBackup(engine, 'asked');
    expect(proof.result).toBe('good');
    expect(manifest.survey.tables['public.beside']?.rows).toBeGreaterThanOrEqual(5_000);
    expect(Number(manifest.survey.sequences['public.beside_id_seq'])).toBeGreaterThanOrEqual(5_000);
  } finally {
    writing.abort();
    await writer;
    await client.query('DROP TABLE beside');
    await client.end();
  }
});

test('numbers grow, whatever the clock says, and what was not finished goes', async () => {
  const engine = world.engine();
  const first = await makeBackup(engine, 'asked');
  await engine.store.put('postgres/00000007-20260101T000000Z/database.dump', Buffer.from('half'));
  await engine.store.put('somebody/else', Buffer.from('theirs'));
  const second = await makeBackup(engine, 'schedule');
  expect([first, second].map(({ manifest }) => manifest.id.split('-')[0])).toEqual(['00000001', '00000008']);
  expect(await readBackups(engine.store)).toMatchObject({ backups: [{ number: 1 }, { number: 8 }], unfinished: [] });
  expect(await engine.store.head('somebody/else')).toBeDefined();
});

test('old ones go after a backup that is to last, and not after one that is made before a restore', async () => {
  const engine = world.engine();
  await makeBackup(engine, 'schedule');
  const { manifest, proofs } = await findBackup(engine.store);
  const ids = Array.from({ length: 40 }, (_, day) => {
    const begunAt = new Date(Date.now() - (100 - day) * 24 * 3600 * 1000);
    return { id: backupId(day + 2, begunAt), begunAt: begunAt.toISOString() };
  });
  for (const { id, begunAt } of ids) {
    await engine.store.put(backupKey(id, 'database.dump'), Buffer.from('dump'));
    await putJson(engine.store, backupKey(id, 'manifest.json'), { ...manifest, id, begunAt });
    await putJson(engine.store, backupKey(id, 'proof-0001.json'), proofs[0] ?? {});
  }
  expect((await makeBackup(engine, 'restore')).removed).toEqual([]);
  const { removed } = await makeBackup(engine, 'schedule');
  // Two good ones came since, so the last 28 of these are among the last thirty; the first of all is of today.
  expect(removed).toEqual(ids.slice(0, 12).map(({ id }) => id));
  const { backups, unfinished } = await readBackups(engine.store);
  expect([backups.length, unfinished]).toEqual([31, []]);
});
