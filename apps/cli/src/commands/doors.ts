import { Option, type Command } from 'commander';
import { KEY_REACHES, ROLES, type KeyReach, type Role } from '@transcode/contracts';
import { token } from './token.ts';
import { listUsers, makeAdmin, resetPassword, unlockUser } from './user.ts';
import type { Context } from '../context.ts';
import type { WithInstallation } from '../local-database.ts';

/** How commands find the installation that they are for. */
interface Finding<Where> {
  /** Gives a command the options that say which it is. */
  where: (command: Command) => Command;
  open: (where: Where) => WithInstallation;
}

/** The commands for whoever may read an installation's secrets: the same on one machine and inside a cluster. */
export function addDoors<Where>(
  program: Command,
  context: Context,
  finish: (code: number) => void,
  { where, open }: Finding<Where>,
): void {
  where(program.command('token').description('print a new API key'))
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).default('editor'))
    .addOption(
      new Option('--reach <reach>', 'one workspace, or all and the installation')
        .choices(KEY_REACHES)
        .default('workspace'),
    )
    .action(async (options: Where & { role: Role; reach: KeyReach }) =>
      finish(await token(context, options, open(options))),
    );
  const user = program.command('user').description('see and mend accounts, for who has the machine');
  where(user.command('list').description('print all accounts')).action(async (options: Where) =>
    finish(await listUsers(context, open(options))),
  );
  where(user.command('reset <email>').description('print a new one-time password')).action(
    async (email: string, options: Where) => finish(await resetPassword(context, email, open(options))),
  );
  where(user.command('unlock <email>').description('end the wait that guessing has brought')).action(
    async (email: string, options: Where) => finish(await unlockUser(context, email, open(options))),
  );
  where(user.command('admin <email>').description('make it an administrator that may sign in')).action(
    async (email: string, options: Where) => finish(await makeAdmin(context, email, open(options))),
  );
}
