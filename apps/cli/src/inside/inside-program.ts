import { Command, InvalidArgumentError } from 'commander';
import { readSettings } from '@transcode/contracts/settings';
import { createDatabase } from '@transcode/db';
import { addDoors } from '../commands/doors.ts';
import { backUpNamedRedis, backUpPostgres, listNamedBackups } from './back-up.ts';
import { holdNamedDrill, listNamedDrills } from './hold-drill.ts';
import { makeFirstAdmin } from './make-first-admin.ts';
import { migrateDatabase } from './migrate-database.ts';
import { settingsIn } from './named-store.ts';
import { restoreNamed, type NamedRestoreOptions } from './restore-database.ts';
import type { Context } from '../context.ts';
import type { LocalInstallation } from '../local-database.ts';

/** What `transcode` understands in the image of tools: the installation is the one that the environment names. */
export function buildInsideProgram(context: Context, finish: (code: number) => void): Command {
  const program = new Command('transcode')
    .description('The doors into an installation that something else runs.')
    .version(context.version)
    .showHelpAfterError('(transcode --help shows what there is)')
    .configureHelp({ showGlobalOptions: true });
  const settings = () => settingsIn(context, (env) => readSettings('tools', env));
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
  program
    .command('backup')
    .description('back up the database to BACKUP_URL, and restore what lies there to prove it; needs no Redis')
    .option('--list', 'only tell which there are, and which count')
    .action(async ({ list }: { list?: boolean }) =>
      finish(list === true ? await listNamedBackups(context) : await backUpPostgres(context)),
    );
  program
    .command('redis-backup')
    .description('back up Redis to BACKUP_URL, and load what lies there to prove it; needs no Postgres')
    .action(async () => finish(await backUpNamedRedis(context)));
  program
    .command('drill')
    .description(
      'restore the newest backup into a Postgres of its own, read all that a video is played from, tell how long it took',
    )
    .option('--list', 'only tell which there were')
    .action(async ({ list }: { list?: boolean }) =>
      finish(list === true ? await listNamedDrills(context) : await holdNamedDrill(context)),
    );
  program
    .command('restore [backup]')
    .description('bring the whole database back: the newest backup that counts, or the one of that name')
    .option('--dry-run', 'only tell which there are, and what would change')
    .option('--replace', 'also where there are rows already; they are backed up first')
    .option('--discard', 'with --replace: also where they are damaged and cannot be backed up; they are lost')
    .action(async (id: string | undefined, options: NamedRestoreOptions) =>
      finish(await restoreNamed(context, id, options)),
    );
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

function seconds(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number of seconds.');
}
