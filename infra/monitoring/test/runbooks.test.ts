import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRules } from '../prometheus/src/read-rules.ts';
import { queryComplaints } from '../src/query-complaints.ts';

const DOCS = resolve(import.meta.dirname, '../../../docs');
const RUNBOOKS = join(DOCS, 'runbooks');
const SECTIONS = ['## Meaning', '## Who is hurt', '## How to look', '## What to do', '## When to escalate'];

const alerts = readRules().alerts.map(({ alert, labels }) => ({ alert, severity: labels['severity'] }));
const names = alerts.map(({ alert }) => alert).toSorted();
const files = globSync('*.md', { cwd: RUNBOOKS }).filter((file) => file !== 'README.md');

test('there is one for each alert, and no other', () => {
  expect(files.map((file) => basename(file, '.md')).toSorted()).toEqual(names);
});

describe('each', () => {
  const runbooks = files.map((file) => ({ file, text: readFileSync(join(RUNBOOKS, file), 'utf8') }));

  test.for(runbooks)('$file has its sections in order', ({ file, text }) => {
    expect(text).toMatch(new RegExp(`^# ${basename(file, '.md')}\n`));
    expect(text.match(/^## .*$/gm)).toEqual(SECTIONS);
  });

  test('asks for metrics that are there', () => {
    const operations = {
      file: 'kubernetes-operations.md',
      text: readFileSync(join(DOCS, 'kubernetes-operations.md'), 'utf8'),
    };
    const queries = [...runbooks, operations].flatMap(({ file, text }) =>
      [...text.matchAll(/```promql\n([^`]*)```/g)].flatMap(([, block = '']) =>
        block
          .trim()
          .split('\n')
          .map((query) => ({ file, query })),
      ),
    );
    expect(queries.length).toBeGreaterThan(50);
    expect(queries.flatMap(({ file, query }) => queryComplaints(query).map((one) => `${file}: ${one}`))).toEqual([]);
  });

  test('links to what is there', () => {
    const broken = runbooks.flatMap(({ file, text }) =>
      [...text.matchAll(/\]\(([^)#]+\.md)[^)]*\)/g)]
        .map(([, link = '']) => link)
        .filter((link) => globSync(link, { cwd: RUNBOOKS }).length === 0)
        .map((link) => `${file}: ${link}`),
    );
    expect(broken).toEqual([]);
  });
});

const byName = (a: { alert: string }, b: { alert: string }): number => (a.alert < b.alert ? -1 : 1);

test.for([
  ['docs/runbooks/README.md', ''],
  ['docs/monitoring.md', 'runbooks/'],
] as const)('%s has each with how grave it is', ([document, folder]) => {
  const text = readFileSync(join(RUNBOOKS, '../..', document), 'utf8');
  const rows = [...text.matchAll(/^\| \[(\w+)\]\(((?:runbooks\/)?\w+\.md)\) +\| (critical|warning) +\|/gm)];
  const told = rows.map(([, alert = '', link, severity]) => ({ alert, link, severity }));
  expect(told.toSorted(byName)).toEqual(
    alerts.map((one) => ({ ...one, link: `${folder}${one.alert}.md` })).toSorted(byName),
  );
});
