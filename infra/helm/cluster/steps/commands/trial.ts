import { runWritten, type Ended, type How } from '../../means/page-shell.ts';

interface Wanted extends How {
  /** It is to be refused. */
  readonly refused?: true;
}

/** Runs a command of the page, which throws where it ends otherwise than it should. */
type Command = (wanted?: Wanted) => Promise<Ended>;

/** Commands of docs/kubernetes-operations.md that are tried together. */
export interface Trial {
  readonly name: string;
  readonly commands: readonly string[];
  /** Gives those that it did not run. */
  readonly work: () => Promise<readonly string[]>;
}

/** Each of the commands, as it stands on the page, has to be run by the work, or typed in one that is run. */
export function trial<K extends string>(
  name: string,
  commands: Readonly<Record<K, string>>,
  work: (run: Readonly<Record<K, Command>>) => Promise<void>,
): Trial {
  const texts = Object.values<string>(commands);
  const tried = async (): Promise<readonly string[]> => {
    const ran = new Set<string>();
    const commandOf =
      (text: string): Command =>
      async ({ refused, ...how } = {}) => {
        for (const line of [text, ...(how.typed ?? []).map(([, typed]) => typed)]) ran.add(line);
        const ended = await runWritten(text, how);
        if ((ended.code === 0) === (refused === true))
          throw new Error(`${text} ended with ${ended.code}: ${ended.stderr}${ended.stdout}`);
        return ended;
      };
    const all = Object.entries<string>(commands).map(([key, text]) => [key, commandOf(text)]);
    await work(Object.fromEntries(all) as Record<K, Command>);
    return texts.filter((text) => !ran.has(text));
  };
  return { name, commands: texts, work: tried };
}
