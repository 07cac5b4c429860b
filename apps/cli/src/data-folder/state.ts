import { readFile, rm } from 'node:fs/promises';
import * as z from 'zod';
import { systemCode } from '../refusal.ts';
import { isAlive, ProcessIdentity } from './process-identity.ts';
import { writePrivate } from './write-private.ts';

const ChildState = z.object({
  name: z.string(),
  identity: ProcessIdentity,
  /** `waiting`: it ended and is started again soon. */
  state: z.enum(['starting', 'running', 'waiting']),
  ports: z.object({ http: z.int().optional(), metrics: z.int().optional() }),
  restarts: z.int(),
  /** Where it tells whether it is ready. */
  readyUrl: z.string().optional(),
});
export type ChildState = z.infer<typeof ChildState>;

/** What the supervisor writes down about itself for the other commands. */
export const State = z.object({
  version: z.string(),
  /** `encode` runs an installation only for as long as it needs one. */
  mode: z.enum(['up', 'encode']),
  phase: z.enum(['starting', 'running', 'stopping']),
  supervisor: ProcessIdentity,
  url: z.string(),
  storage: z.string(),
  children: z.array(ChildState),
});
export type State = z.infer<typeof State>;

export async function writeState(file: string, state: State): Promise<void> {
  await writePrivate(file, `${JSON.stringify(state, null, 2)}\n`);
}

export async function removeState(file: string): Promise<void> {
  await rm(file, { force: true });
}

/** The state as last written, which its supervisor may not have survived. A damaged one counts as none. */
export async function readState(file: string): Promise<State | undefined> {
  try {
    const parsed = State.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The state of an installation whose supervisor lives. */
export async function readLiveState(file: string): Promise<State | undefined> {
  const state = await readState(file);
  return state !== undefined && (await isAlive(state.supervisor)) ? state : undefined;
}
