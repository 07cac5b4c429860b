import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { systemCode } from '../refusal.ts';

export interface Count {
  passed: number;
  failed: number;
}

const Report = z.object({
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/**
 * Counts what vitest reports. A test that was skipped or is still to be written has not passed, so it counts as failed; so does a
 * file that could not be run, and a run that failed although each test passed.
 */
export async function countTests(file: string, exitCode: number | null): Promise<Count> {
  const report = await readReport(file);
  if (report === undefined) return { passed: 0, failed: 1 };
  let passed = 0;
  let failed = 0;
  for (const { status, assertionResults } of report.testResults) {
    const good = assertionResults.filter((one) => one.status === 'passed').length;
    const bad = assertionResults.length - good;
    passed += good;
    failed += bad === 0 && status !== 'passed' ? 1 : bad;
  }
  return failed === 0 && (exitCode !== 0 || passed === 0) ? { passed, failed: 1 } : { passed, failed };
}

async function readReport(file: string): Promise<z.infer<typeof Report> | undefined> {
  try {
    return Report.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
