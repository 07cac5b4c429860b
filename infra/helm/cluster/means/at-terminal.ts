import { spawn } from 'node:child_process';

/** What is typed, each line once something was said after what came before it. */
export type Typed = readonly (readonly [after: RegExp, line: string])[];

interface Said {
  readonly code: number | null;
  readonly stdout: string;
}

const PATIENCE_MS = 120_000;

/** Runs a command at a terminal, as `-it` asks for one, and types. All that is to be seen there is what it gives. */
export async function atTerminal(command: readonly string[], typed: Typed): Promise<Said> {
  const line = command.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
  // One without a size would have psql page a single row.
  const sized = `stty rows 50 columns 160; exec ${line}`;
  const child = spawn('/usr/bin/script', ['--quiet', '--return', '--command', sized, '/dev/null'], { stdio: 'pipe' });
  const timer = setTimeout(() => child.kill(), PATIENCE_MS);
  const left = [...typed];
  let [stdout, heard] = ['', 0];
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    stdout += piece;
    for (let next = left[0]; next !== undefined; next = left[0]) {
      const [after, text] = next;
      const found = after.exec(stdout.slice(heard));
      if (found === null) return;
      heard += found.index + found[0].length;
      left.shift();
      child.stdin.write(`${text}\n`);
    }
  });
  child.stdin.on('error', () => undefined);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearTimeout(timer);
  return { code, stdout };
}
