import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const H100_LINE =
  '0, GPU-2f0c1b3e-6a37-4c9d-8e35-0f9a7b6d1c42, NVIDIA H100 80GB HBM3, 37, 0, 12, 1045, 81559, 34, 118.53, 700.00, 0';

/** There is no GPU where tests run: a program in nvidia-smi's place that does what the shell script says. */
export async function nvidiaSmiStandIn(script: string): Promise<string> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'nvidia-smi-stand-in-')), 'nvidia-smi');
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}
