import { Command, InvalidArgumentError } from 'commander';
import { readSettings, type SettingsOf } from '@transcode/contracts/settings';
import { createDatabase } from '@transcode/db';
import { addDoors } from '../commands/doors.ts';
import { Refusal } from '../refusal.ts';
import { makeFirstAdmin } from './make-first-admin.ts';
import { migrateDatabase } from './migrate-database.ts';
import type { Context } from '../context.ts';
import type { LocalInstallation } from '../local-database.ts';

/** What `transcode` understands in the image of tools: the installation is the one that the environment names. */
export function buildInsideProgram(context: Context, finish: (code: number) => void): Command {
  const program = new Command('transcode')
    .description('The doors into an installation that something else runs.')
    .version(context.version)
    .showHelpAfterError('(transcode --help shows what there is)')
    .configureHelp({ showGlobalOptions: true });
  const settings = () => settingsIn(context.env);
  program
    .command('migrate')
    .description('bring the database to the schema of this version')
    .option('--wait <seconds>', 'how long to wait for a Postgres that is not there yet', seconds, 300)
    .action(async ({ wait }: { wait: number }) =>
      finish(await migrateDatabase(context, settings().DATABASE_URL, { waitSeconds: wait })),
    );
  program
    .command('first-admin')
    .description('where nobody has an account yet, make that of FIRST_ADMIN_EMAIL with FIRST_ADMIN_PASSWORD')
    .action(async () => finish(await makeFirstAdmin(context, settings().DATABASE_URL)));
  addDoors(program, context, finish, {
    where: (command) => command,
    open: () => {
      const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = settings();
      return (work) => withNamedInstallation({ databaseUrl, redisUrl }, work);
    },
  });
  return program;
}

/** An installation whose Postgres and Redis the environment names, as in a cluster. */
async function withNamedInstallation<T>(
  { databaseUrl, redisUrl }: { databaseUrl: string; redisUrl: string },
  work: (installation: LocalInstallation) => Promise<T>,
): Promise<T> {
  const db = createDatabase(databaseUrl, { poolSize: 1 });
  try {
    return await work({ db, redisUrl });
  } finally {
    await db.$disconnect();
  }
}

function settingsIn(env: Context['env']): SettingsOf<'tools'> {
  try {
    return readSettings('tools', env);
  } catch (cause) {
    throw new Refusal(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function seconds(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number of seconds.');
}
