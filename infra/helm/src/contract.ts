import { DRAIN_DEADLINE_MS, HAND_BACK_MS } from '@transcode/contracts';
import { SETTINGS, type Setting } from '@transcode/contracts/settings';
import { stringify } from 'yaml';

const HEAD = `# What the chart takes from packages/contracts, written by \`pnpm --filter @transcode/helm sync\`. Change it there, never here.
`;

/** What the templates read of the contract: the worker's times, and which process reads which variable. */
export function contractYaml(): string {
  const settings = Object.fromEntries(
    Object.entries<Setting>(SETTINGS).map(([name, { readers, from, secret }]) => [
      name,
      { readers: [...readers], from, ...(secret === true ? { secret } : {}) },
    ]),
  );
  const contract = { drainSeconds: DRAIN_DEADLINE_MS / 1000, handBackSeconds: HAND_BACK_MS / 1000, settings };
  return HEAD + stringify(contract, { version: '1.1' });
}
