import type { Client } from 'pg';

const NAME = 'reconciler';
/** Any number that nothing else in this database locks. */
const LOCK = 7_301_824_411n;
/** How Postgres shows the lock of a number of 64 bits: in two halves. */
const [CLASS, OBJECT] = [LOCK >> 32n, LOCK & 0xffff_ffffn].map(String);
/** How long an ended connection may take to be gone. */
const ENDING_MS = 1_000;

/** Takes the lock and writes down who has it, in one statement: there is no holder whom the row does not name. */
export async function tryToHold(client: Client, holder: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `INSERT INTO "Election" ("name", "holder", "backendPid", "electedAt", "beatAt")
     SELECT $1, $2, pg_backend_pid(), now(), now() FROM (SELECT pg_try_advisory_lock($3) AS held) AS lock WHERE lock.held
     ON CONFLICT ("name") DO UPDATE SET
       "holder" = EXCLUDED."holder", "backendPid" = EXCLUDED."backendPid", "electedAt" = now(), "beatAt" = now()`,
    [NAME, holder, String(LOCK)],
  );
  return rowCount === 1;
}

/** False: this connection is not the one that is written down. */
export async function renew(client: Client): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE "Election" SET "beatAt" = now() WHERE "name" = $1 AND "backendPid" = pg_backend_pid()`,
    [NAME],
  );
  return rowCount === 1;
}

/** Ends the connection of a holder that has not renewed for so long, and with it the lock; returns who that was. */
export async function endSilent(client: Client, silentMs: number): Promise<string | undefined> {
  const { rows } = await client.query<{ holder: string }>(
    `SELECT e."holder", pg_terminate_backend(l."pid", $5) FROM "Election" e JOIN pg_locks l ON l."pid" = e."backendPid"
     WHERE e."name" = $1 AND e."beatAt" < now() - make_interval(secs => $2)
       AND l."locktype" = 'advisory' AND l."granted" AND l."objsubid" = 1
       AND l."database" = (SELECT "oid" FROM pg_database WHERE "datname" = current_database())
       AND l."classid"::text = $3 AND l."objid"::text = $4`,
    [NAME, silentMs / 1000, CLASS, OBJECT, ENDING_MS],
  );
  return rows[0]?.holder;
}
