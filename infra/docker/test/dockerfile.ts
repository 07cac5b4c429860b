import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../../..');

export interface Instruction {
  readonly keyword: string;
  readonly rest: string;
}

export interface Stage {
  readonly name: string;
  readonly from: string;
  readonly instructions: readonly Instruction[];
}

/** The Dockerfile, without comments and with each instruction on one line. */
export function readDockerfile(text = readFileSync(join(ROOT, 'infra/docker/Dockerfile'), 'utf8')): {
  args: ReadonlyMap<string, string>;
  stages: readonly Stage[];
} {
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const args = new Map<string, string>();
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const line of lines) {
    const [, keyword = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    const current = stages.at(-1);
    if (keyword === 'FROM') {
      const [, from = '', name = ''] = /^(\S+) AS (\S+)$/.exec(rest) ?? [];
      stages.push({ name, from, instructions: [] });
    } else if (current === undefined) {
      const [name = '', value = ''] = rest.split('=');
      args.set(name, value);
    } else current.instructions.push({ keyword, rest });
  }
  return { args, stages };
}

/** All that makes up a stage: what it is built on first. */
export function wholeOf(stages: readonly Stage[], name: string): Instruction[] {
  const stage = stages.find((one) => one.name === name);
  return stage === undefined ? [] : [...wholeOf(stages, stage.from), ...stage.instructions];
}

export const valuesOf = (instructions: readonly Instruction[], keyword: string): string[] =>
  instructions.filter((one) => one.keyword === keyword).map(({ rest }) => rest);

/** `NAME=value` pairs of all ENV instructions, the last of each name. */
export function environmentOf(instructions: readonly Instruction[]): Record<string, string> {
  const pairs = valuesOf(instructions, 'ENV').flatMap((rest) => [...rest.matchAll(/([A-Za-z_]+)=(\S*)/g)]);
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, value]));
}
