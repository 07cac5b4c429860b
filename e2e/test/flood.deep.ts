import { expect, test } from 'vitest';
import { LINES, measureFlood, RISING_MS } from '../src/flood/measure-flood.ts';
import { startInstallation } from '../src/installation.ts';

/** API and console together may grow by so much, in MiB. */
const MOST_GROWTH = 300;

const QUIET_MS = 30_000;
const FLOOD_MS = 120_000;
const STARTING_MS = 180_000;

test(
  'strangers who flood an installation do not make API and console large',
  { timeout: STARTING_MS + RISING_MS + QUIET_MS * 2 + FLOOD_MS },
  async () => {
    const installation = await startInstallation();
    try {
      const { growth, report } = await measureFlood(installation, { quietMs: QUIET_MS, floodMs: FLOOD_MS });
      expect(report.mostOpen).toBe(LINES);
      expect(growth.together).toBeLessThan(MOST_GROWTH);
    } finally {
      await installation.stop();
    }
  },
);
