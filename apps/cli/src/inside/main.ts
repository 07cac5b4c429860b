#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { explain } from '../refusal.ts';
import { buildInsideProgram } from './inside-program.ts';
import type { Context } from '../context.ts';

const root = resolve(import.meta.dirname, '../../../..');
const manifest: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const context: Context = {
  root,
  version: manifest.version,
  env: process.env,
  print: (line) => void process.stdout.write(`${line}\n`),
  say: (line) => void process.stderr.write(`${line}\n`),
  detached: undefined,
};

try {
  await buildInsideProgram(context, (code) => {
    process.exitCode = code;
  }).parseAsync();
} catch (error) {
  process.exitCode = 1;
  const explained = explain(error);
  if (explained === undefined) throw error;
  context.say(`transcode: ${explained.sentence}`);
}
