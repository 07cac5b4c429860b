import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { SEVERITIES, testAlert } from './commands/alert.ts';
import { addBackups } from './commands/backup-doors.ts';
import { bench } from './commands/bench.ts';
import { addDoors } from './commands/doors.ts';
import { down } from './commands/down.ts';
import { encode, type EncodeOptions } from './commands/encode.ts';
import { logs } from './commands/logs.ts';
import { status } from './commands/status.ts';
import { test, type TestOptions } from './commands/test.ts';
import { upDetached } from './commands/up-detached.ts';
import { up, type UpOptions } from './commands/up.ts';
import { dataFolderAt } from './data-folder/data-folder.ts';
import { withLocalInstallation } from './local-database.ts';
import type { Context } from './context.ts';

/** What the command line understands. `finish` gets the exit code of the command that ran. */
export function buildProgram(context: Context, args: readonly string[], finish: (code: number) => void): Command {
  const program = new Command('transcode')
    .description('Drop a video, watch it play, know that it is right.')
    .version(context.version)
    .showHelpAfterError('(./transcode --help shows what there is)')
    .configureHelp({ showGlobalOptions: true })
    .enablePositionalOptions();
  const data = (): Option =>
    new Option('--data <dir>', 'where the installation keeps everything').default(
      resolve(context.root, '.data'),
      '.data',
    );

  program
    .command('up')
    .description('start everything and keep it running')
    .addOption(data())
    .option('--detach', 'run in the background')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on', portNumber, 8080)
    .option('--workers <number>', 'worker processes', workerCount, 1)
    .option('--storage <url>', 's3://bucket/prefix, or file:///folder (default: files in the data folder)')
    .option('--monitoring', 'with Prometheus and Alertmanager')
    .option('--alert-webhook <url>', 'the same, and send every alert there')
    .option('--no-backup', 'make no backups, neither each night nor before an upgrade, and archive no WAL')
    .action(async ({ detach, ...options }: UpOptions & { detach?: boolean }) => {
      const background = detach === true && context.detached === undefined;
      finish(
        background ? await upDetached(context, options.data, absolute(args, options.data)) : await up(context, options),
      );
    });
  program
    .command('down')
    .description('stop it')
    .addOption(data())
    .action(async (options: { data: string }) => finish(await down(context, options)));
  program
    .command('status')
    .description('tell what runs')
    .addOption(data())
    .option('--json', 'for programs')
    .action(async (options: { data: string; json?: boolean }) => finish(await status(context, options)));
  program
    .command('logs [name]')
    .description('print the last lines of a log, or of all, and follow')
    .addOption(data())
    .option('--no-follow', 'only what is there')
    .action(async (name: string | undefined, options: { data: string; follow: boolean }) =>
      finish(await logs(context, name, options)),
    );
  program
    .command('encode <file>')
    .description('bring one file through the whole journey')
    .addOption(data())
    .option('--preset <name>', 'how to encode it')
    .option('--out <dir>', 'copy what is published to a new folder')
    .option('--json', 'one object a line, for programs')
    .action(async (file: string, options: EncodeOptions) => finish(await encode(context, file, options)));
  addDoors(program, context, finish, {
    where: (command) => command.addOption(data()),
    open:
      ({ data: folder }: { data: string }) =>
      (work) =>
        withLocalInstallation(dataFolderAt(folder), work),
  });
  addBackups(program, context, finish, data);
  program
    .command('alert')
    .description('try whether alerts reach somebody')
    .command('test')
    .description('have Alertmanager tell a test')
    .addOption(data())
    .addOption(new Option('--severity <severity>', 'how grave it shall look').choices(SEVERITIES).default('warning'))
    .action(async (options: { data: string; severity: (typeof SEVERITIES)[number] }) =>
      finish(await testAlert(context, options)),
    );
  program
    .command('test')
    .description('run the checks that CI runs, with a share of the large corpora')
    .addOption(data())
    .option(
      '--deep',
      'every check there is: all of the large corpora, what takes longer than CI may, and the API by its own document',
    )
    .option(
      '--cluster',
      'nothing but the chart, on a Kubernetes of five nodes that is made for it: needs root, Debian, Go',
    )
    .option('--seed <number>', 'what a seed draws', seedNumber)
    .action(async (options: TestOptions) => finish(await test(context, options)));
  program
    .command('bench [name] [args...]')
    .description('measure against bare ffmpeg, a plain PUT …')
    .addOption(data())
    .passThroughOptions()
    .action(async (name: string | undefined, rest: string[]) => finish(await bench(context, name, rest)));
  return program;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 1 to 65535.');
}

function workerCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 64) return count;
  throw new InvalidArgumentError('Give a number from 1 to 64.');
}

function seedNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A seed is a whole number of at most nine digits.');
}

/** The background process works from another folder, so it gets the data folder's whole path. */
function absolute(args: readonly string[], data: string): string[] {
  return [...args.filter((arg) => arg !== '--'), '--data', resolve(data)];
}
