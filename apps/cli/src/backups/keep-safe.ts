import { join } from 'node:path';
import { OPERATION_NOUNS, type OperationKind, type RestoreFound } from '@transcode/contracts';
import type { Operation } from '@transcode/db';
import { rest } from '@transcode/servers';
import { dataFolderAt } from '../data-folder/data-folder.ts';
import { sentenceOf } from '../refusal.ts';
import { LogFile } from '../supervisor/log-file.ts';
import { choresOf, comesNow, nextTimes, type HowToRun, type Task } from './chores.ts';
import { Operations, type NextTimes } from './operations.ts';
import { restoresOf } from './restores.ts';
import type { Context } from '../context.ts';

const LOOK_MS = 2_000;

interface KeepSafeOptions {
  /** Where people ask for it; without one it is done by schedule alone. */
  databaseUrl?: string;
  lookMs?: number;
  now?: () => Date;
}

/**
 * Makes a backup each night and holds a drill each week, and either, or a restore of one video, where somebody asks, for as long as the
 * installation runs. What becomes of it stands in the log `backup`.
 */
export async function keepSafe(
  context: Context,
  data: string,
  signal: AbortSignal,
  { databaseUrl, lookMs = LOOK_MS, now = () => new Date() }: KeepSafeOptions = {},
): Promise<void> {
  const log = new LogFile(join(dataFolderAt(data).logs, 'backup.log'), (error) =>
    context.say(`A log cannot be written: ${sentenceOf(error)}`),
  );
  const write = (line: string): void => log.append(`${new Date().toISOString()} ${line}\n`);
  const written = { ...context, print: write, say: write };
  const chores = choresOf(written, data);
  const tasks: Readonly<Record<OperationKind, Task>> = { ...chores, ...restoresOf(written, data) };
  const operations =
    databaseUrl === undefined
      ? undefined
      : new Operations(databaseUrl, (error) => write(`What is done cannot be told: ${sentenceOf(error)}`));
  const upSince = now();
  const next = (): NextTimes => nextTimes(chores, { now: now(), upSince }, context);
  const perform = (task: Task, work: Pick<Work, 'reason' | 'operation'>): Promise<number> =>
    run(task, { ...work, operations, signal, lookMs, beat: async () => operations?.beat(next()) });
  await operations?.begin();
  while (!(await rest(lookMs, signal))) {
    await operations?.beat(next());
    const asked = await operations?.take();
    if (asked !== undefined) {
      write(`${asked.askedBy ?? 'Somebody'} asked for a ${OPERATION_NOUNS[asked.kind]}.`);
      // What was wrong they see where they asked. What a video is called stands in no log, as it could not be erased there.
      await perform(tasks[asked.kind], { reason: 'asked', operation: asked }).catch((error: unknown) =>
        write(asked.input === null ? sentenceOf(error) : `It came to nothing: operation ${asked.id} says why.`),
      );
      continue;
    }
    for (const chore of Object.values(chores)) {
      if (signal.aborted || !(await comesNow(chore, { now: now(), upSince }))) continue;
      try {
        const operation = chore.kind && (await operations?.scheduled(chore.kind));
        const code = await perform(chore, { reason: 'schedule', operation });
        delete chore.failed;
        if (code !== 0) context.say(`The ${chore.what} found that something is wrong: ./transcode logs backup tells.`);
      } catch (error) {
        if (signal.aborted) break;
        chore.failed = now();
        write(sentenceOf(error));
        context.say(`The ${chore.what} failed, and is tried again in an hour: ${sentenceOf(error)}`);
      }
    }
  }
  await operations?.close();
  log.close();
}

interface Work {
  reason: HowToRun['reason'];
  /** By which people follow it, where there is one. */
  operation: Operation | undefined;
  operations: Operations | undefined;
  signal: AbortSignal;
  lookMs: number;
  beat: () => Promise<void>;
}

/** Does one and tells of it; stops it where somebody wants that. */
async function run(task: Task, work: Work): Promise<number> {
  const { reason, operation, operations, signal, lookMs, beat } = work;
  const [canceled, over] = [new AbortController(), new AbortController()];
  const isUnwanted = async (): Promise<boolean> =>
    operation !== undefined && (await operations?.isCanceled(operation.id)) === true;
  const follow = async (): Promise<void> => {
    while (!(await rest(lookMs, over.signal))) {
      await beat();
      if (!canceled.signal.aborted && (await isUnwanted())) canceled.abort();
    }
  };
  const following = follow();
  try {
    if (operation === undefined || operations === undefined)
      return await task.run({ reason, signal, input: undefined, ...UNHEARD });
    return await runTold(task, { ...work, operation, operations, canceled: canceled.signal });
  } finally {
    over.abort();
    await following;
  }
}

const UNHEARD = { onStep: () => undefined, onComplaint: () => undefined, onFound: () => undefined };

interface ToldWork extends Work {
  operation: Operation;
  operations: Operations;
  canceled: AbortSignal;
}

async function runTold(task: Task, { reason, operation, operations, signal, canceled }: ToldWork): Promise<number> {
  const { id } = operation;
  const complaints: string[] = [];
  let result: RestoreFound | undefined;
  let step = 0;
  let told = Promise.resolve();
  try {
    const code = await task.run({
      reason,
      input: operation.input,
      signal: AbortSignal.any([signal, canceled]),
      onStep: (doing) => {
        step += 1;
        const now = step;
        told = told.then(() => operations.step(id, now, doing.replace(/ …$/, '')));
      },
      onComplaint: (sentence) => complaints.push(sentence),
      onFound: (found) => {
        result = found;
      },
    });
    await told;
    // A backup or a video that lacks something is one; a drill that fails is none.
    const state = code === 0 || task.kind !== 'drill' ? 'completed' : 'failed';
    const sentence = complaints.length === 0 ? undefined : complaints.map(asSentence).join(' ');
    await operations.end(id, { state, sentence, ...(result && { result }) });
    return code;
  } catch (error) {
    await told;
    const isCanceled = canceled.aborted && !signal.aborted;
    if (isCanceled) await operations.end(id, { state: 'canceled', sentence: undefined });
    else if (!signal.aborted) await operations.end(id, { state: 'failed', sentence: sentenceOf(error) });
    throw isCanceled ? new Error('It was stopped.', { cause: error }) : error;
  }
}

const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
