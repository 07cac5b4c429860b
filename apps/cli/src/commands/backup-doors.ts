import type { Command, Option } from 'commander';
import { backup, type BackupOptions } from './backup.ts';
import { drill, type DrillOptions } from './drill.ts';
import { erasures } from './erasures.ts';
import { restore, type RestoreOptions } from './restore.ts';
import type { Context } from '../context.ts';

const STORE =
  'where backups are: s3://bucket/prefix, or file:///folder (default: BACKUP_URL, or backups in the data folder)';
const STORAGE =
  'where the objects are that the database names, where the installation does not run (default: in the data folder)';
const IDENTITY = 'private keys of age (default: BACKUP_IDENTITY_FILE)';

/** The commands that keep an installation from being lost. */
export function addBackups(
  program: Command,
  context: Context,
  finish: (code: number) => void,
  data: () => Option,
): void {
  program
    .command('backup')
    .description('dump the database, and restore the dump to prove it')
    .addOption(data())
    .option('--store <url>', STORE)
    .option('--storage <url>', STORAGE)
    .option('--list', 'only tell which there are, and which count')
    .action(async (options: BackupOptions) => finish(await backup(context, options)));
  program
    .command('restore [backup]')
    .description(
      'bring a whole database back, or one video, or those of a workspace: of the newest backup that counts, the one of that name, or a time',
    )
    .addOption(data())
    .option('--store <url>', STORE)
    .option('--storage <url>', STORAGE)
    .option('--identity <file>', IDENTITY)
    .option('--to <time>', 'as all was then, such as 2026-11-30T16:00:00Z; backup --list tells which times there are')
    .option('--dry-run', 'only tell what would change')
    .option('--replace', 'also where there are rows already; they are backed up first')
    .option('--discard', 'with --replace: also where they are damaged and cannot be backed up; they are lost')
    .option('--video <id>', 'only this video, by its id or title then, into an installation that may run')
    .option('--workspace <id>', 'only the videos of this workspace, one by one, into an installation that may run')
    .option('--incomplete', 'a video also where nobody has all that it is played from')
    .action(async (id: string | undefined, options: RestoreOptions) => finish(await restore(context, id, options)));
  program
    .command('drill')
    .description(
      'restore the newest backup beside the installation, start the product on it, play a video, tell how long it took',
    )
    .addOption(data())
    .option('--store <url>', STORE)
    .option('--storage <url>', STORAGE)
    .option('--identity <file>', IDENTITY)
    .option('--list', 'only tell which there were')
    .action(async (options: DrillOptions) => finish(await drill(context, options)));
  program
    .command('erasures')
    .description('print the receipts of what was erased, with the day until which backups have it')
    .addOption(data())
    .option('--store <url>', STORE)
    .option('--json', 'for programs')
    .action(async (options: { data: string; store?: string; json?: boolean }) =>
      finish(await erasures(context, options)),
    );
}
