import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const DOCS = resolve(import.meta.dirname, '../../../docs');

/** The cells of the table below a heading of one of `docs/`, each row by what its first cell says; code has no ticks here. */
export function rowsOf(document: string, heading: string): Map<string, readonly string[]> {
  const text = readFileSync(resolve(DOCS, document), 'utf8');
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  return new Map(
    rows.map((row) => {
      const [first = '', ...cells] = row.slice(1, -1).split('|').map(plain);
      return [first, cells];
    }),
  );
}

const plain = (cell: string): string => cell.replaceAll('`', '').trim();
