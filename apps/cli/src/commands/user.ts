import { listLocalUsers, makeLocalAdmin, resetLocalPassword, unlockLocalUser } from '@transcode/api/local';
import type { Context } from '../context.ts';
import type { WithInstallation } from '../local-database.ts';

/** A line for each account: address, role, name, and since when it has signed in or whether it may. */
export async function listUsers(context: Context, withIt: WithInstallation): Promise<number> {
  const users = await withIt(({ db }) => listLocalUsers(db));
  const width = Math.max(...users.map(({ email }) => email.length));
  for (const { email, role, name, disabledAt, signedInAt } of users) {
    const state =
      disabledAt === null ? `signed in ${signedInAt?.slice(0, 16).replace('T', ' ') ?? 'never'}` : 'shut out';
    context.print(`${email.padEnd(width)}  ${role.padEnd(8)}  ${state.padEnd(26)}  ${name}`);
  }
  return 0;
}

/** Prints a new one-time password, and nothing else. */
export async function resetPassword(context: Context, email: string, withIt: WithInstallation): Promise<number> {
  context.print(await withIt(({ db }) => resetLocalPassword(db, email)));
  return 0;
}

export async function unlockUser(context: Context, email: string, withIt: WithInstallation): Promise<number> {
  await withIt(({ db, redisUrl }) => unlockLocalUser(db, redisUrl, email));
  context.say(`${email} may try to sign in from anywhere again.`);
  return 0;
}

export async function makeAdmin(context: Context, email: string, withIt: WithInstallation): Promise<number> {
  await withIt(({ db }) => makeLocalAdmin(db, email));
  context.say(`${email} is an administrator and may sign in.`);
  return 0;
}
