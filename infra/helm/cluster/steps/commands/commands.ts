import { describe, expect, test } from 'vitest';
import { pageCommands } from '../../means/operations-page.ts';
import { say } from '../../means/say.ts';
import { CHANGING } from './changing.ts';
import { ELSEWHERE, EXCEPTIONS } from './elsewhere.ts';
import { INSIDE } from './inside.ts';
import { LOOKING } from './looking.ts';
import { QUARTERLY } from './quarterly.ts';

export const TRIALS = [...LOOKING, ...INSIDE, ...CHANGING, ...QUARTERLY];

/** Each command of docs/kubernetes-operations.md, as it stands there. */
export function commands(): void {
  describe('docs/kubernetes-operations.md', () => {
    test('every command of it is run, but for those of which it is known why not', () => {
      const tried = TRIALS.flatMap((one) => one.commands);
      for (const { command, by } of ELSEWHERE) say(`Run by ${by.file}: ${command}`);
      for (const [command, because] of Object.entries(EXCEPTIONS)) say(`Not run: ${command}, as ${because}.`);
      const known = new Set([...tried, ...ELSEWHERE.map(({ command }) => command), ...Object.keys(EXCEPTIONS)]);
      const written = pageCommands();
      expect(written.filter((command) => !known.has(command))).toEqual([]);
      expect([...known].filter((command) => !written.includes(command))).toEqual([]);
    });

    test.for(TRIALS)('$name', async ({ work }) => {
      expect(await work()).toEqual([]);
    });
  });
}
