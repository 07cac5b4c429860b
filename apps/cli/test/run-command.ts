import path from 'node:path';
import { buildProgram } from '../src/program.ts';
import { explain } from '../src/refusal.ts';
import type { Context } from '../src/context.ts';

export const ROOT = path.resolve(import.meta.dirname, '../../..');
export const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export interface Answer {
  printed: string;
  said: string;
  code: number | undefined;
}

/** A context that remembers what was printed and said. */
export function listeningContext(env: Record<string, string>): { context: Context; printed: string[]; said: string[] } {
  const [printed, said]: [string[], string[]] = [[], []];
  const context = {
    ...{ root: ROOT, version: '0.1.0', env, detached: undefined },
    print: (line: string) => void printed.push(line),
    say: (line: string) => void said.push(line),
  };
  return { context, printed, said };
}

/** What a command prints, says and ends with, as `main.ts` would tell it. */
export async function runCommand(args: readonly string[], env: Record<string, string>): Promise<Answer> {
  const { context, printed, said } = listeningContext(env);
  let code: number | undefined;
  try {
    await buildProgram(context, args, (ended) => {
      code = ended;
    }).parseAsync(args, { from: 'user' });
  } catch (error) {
    code = 1;
    said.push(explain(error)?.sentence ?? String(error));
  }
  return { printed: printed.join('\n'), said: said.join('\n'), code };
}
