import type { JobLogPage } from '@transcode/contracts';
import { STAGE_WORDS } from '../video/stage-list.tsx';

export type LogLine = JobLogPage['lines'][number];

/** What a line is about and says, without when and who. */
export function lineWords({ stage, index, text, cause }: LogLine): string {
  const about = stage === null ? '' : `${STAGE_WORDS[stage]}${index ? ` ${index + 1}` : ''}: `;
  return `${about}${text}${cause !== null && cause !== text ? ` (${cause})` : ''}`;
}

/** The lines that have a text, in any case; of what a program said those of its lines that have it, unless its heading does. */
export function linesWith(lines: readonly LogLine[], search: string): LogLine[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return [...lines];
  const has = (text: string): boolean => text.toLowerCase().includes(wanted);
  return lines.flatMap((line) => {
    if (has(`${line.worker} ${lineWords(line)}`)) return [line];
    const said = line.said.filter(has);
    return said.length === 0 ? [] : [{ ...line, said }];
  });
}

/** The log as a text: a line each, what a program said below it. */
export function logText(lines: readonly LogLine[]): string {
  return lines
    .flatMap((line) => [
      `${line.time} ${line.level.toUpperCase()} ${line.worker} ${lineWords(line)}`,
      ...line.said.map((said) => `    ${said}`),
    ])
    .map((line) => `${line}\n`)
    .join('');
}
