import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, Prisma } from '../src/index.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

let postgres: RealPostgres;

beforeAll(async () => {
  postgres = await realPostgres();
});
afterAll(() => postgres.stop());

test('migrating again, and twice at the same time, changes nothing', async () => {
  const runs = await Promise.all([migrate(postgres.url), migrate(postgres.url)]);
  expect(runs.map(({ applied }) => applied)).toEqual([[], []]);
});

test('the bookkeeping is what the official tool would write', async () => {
  const rows = await postgres.db.$queryRaw<Record<string, unknown>[]>`SELECT * FROM "_prisma_migrations"`;
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    expect(row['checksum']).toMatch(/^[0-9a-f]{64}$/);
    expect(row['finished_at']).toBeInstanceOf(Date);
    expect(row['rolled_back_at']).toBeNull();
  }
});

test('what a newer version has migrated is refused, or left as it is where that is asked for', async () => {
  const name = '99991231000000_of_a_newer_version';
  await postgres.db.$executeRaw`
    INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('newer', 'unknown', ${name}, now())`;
  await expect(migrate(postgres.url)).rejects.toThrow(name);
  expect(await migrate(postgres.url, { mayBeNewer: true })).toEqual({ applied: [], newer: [name] });

  await postgres.db.$executeRaw`UPDATE "_prisma_migrations" SET finished_at = NULL WHERE id = 'newer'`;
  await expect(migrate(postgres.url, { mayBeNewer: true })).rejects.toThrow(name);
  await postgres.db.$executeRaw`DELETE FROM "_prisma_migrations" WHERE id = 'newer'`;
});

test('a migration between ours is of another history and is refused in any case', async () => {
  await postgres.db.$executeRaw`
    INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('other', 'unknown', '0_other', now())`;
  await expect(migrate(postgres.url, { mayBeNewer: true })).rejects.toThrow('0_other');
  await postgres.db.$executeRaw`DELETE FROM "_prisma_migrations" WHERE id = 'other'`;
});

test('the migrated tables have the columns of the schema, no fewer and no more', async () => {
  const columns = await postgres.db.$queryRaw<{ table_name: string; column_name: string }[]>`
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`;
  const migrated = columns.map((column) => `${column.table_name}.${column.column_name}`).toSorted();
  const fields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    Workspace: Prisma.WorkspaceScalarFieldEnum,
    User: Prisma.UserScalarFieldEnum,
    BackupRunner: Prisma.BackupRunnerScalarFieldEnum,
    CopyMark: Prisma.CopyMarkScalarFieldEnum,
    CopyTarget: Prisma.CopyTargetScalarFieldEnum,
    ObjectCopy: Prisma.ObjectCopyScalarFieldEnum,
    Operation: Prisma.OperationScalarFieldEnum,
    Erasure: Prisma.ErasureScalarFieldEnum,
    Membership: Prisma.MembershipScalarFieldEnum,
    Session: Prisma.SessionScalarFieldEnum,
    ApiKey: Prisma.ApiKeyScalarFieldEnum,
    Audit: Prisma.AuditScalarFieldEnum,
    Preset: Prisma.PresetScalarFieldEnum,
    ShareLink: Prisma.ShareLinkScalarFieldEnum,
    Upload: Prisma.UploadScalarFieldEnum,
    UploadLock: Prisma.UploadLockScalarFieldEnum,
    Video: Prisma.VideoScalarFieldEnum,
    Job: Prisma.JobScalarFieldEnum,
    Task: Prisma.TaskScalarFieldEnum,
    TaskAttempt: Prisma.TaskAttemptScalarFieldEnum,
    Rendition: Prisma.RenditionScalarFieldEnum,
    Chunk: Prisma.ChunkScalarFieldEnum,
    Outbox: Prisma.OutboxScalarFieldEnum,
    Election: Prisma.ElectionScalarFieldEnum,
    Worker: Prisma.WorkerScalarFieldEnum,
    WorkControl: Prisma.WorkControlScalarFieldEnum,
    WorkerSample: Prisma.WorkerSampleScalarFieldEnum,
    GpuSample: Prisma.GpuSampleScalarFieldEnum,
    BacklogSample: Prisma.BacklogSampleScalarFieldEnum,
    OutputSample: Prisma.OutputSampleScalarFieldEnum,
    StorageSample: Prisma.StorageSampleScalarFieldEnum,
  };
  const declared = Object.entries(fields).flatMap(([table, names]) =>
    Object.keys(names).map((name) => `${table}.${name}`),
  );
  expect(migrated).toEqual(declared.toSorted());
});
