import { deleteObjects, listObjects } from './list-objects.ts';
import { coverageOf, type Coverage, type Part } from './part-coverage.ts';
import type { Bucket } from './s3-client.ts';

const DIGITS = 15;

/** Where the parts of a growing object are. */
export function partsFolder(key: string): string {
  return `${key}.parts/`;
}

export function isPart(key: string): boolean {
  return key.includes('.parts/');
}

/** Parts of other lengths have other names: each is written once. */
export function partAt(key: string, start: number, end: number): Part {
  const digits = [start, end].map((offset) => String(offset).padStart(DIGITS, '0'));
  return { key: partsFolder(key) + digits.join('-'), start, end };
}

export async function listCoverage(bucket: Bucket, key: string): Promise<Coverage> {
  const parts: Part[] = [];
  for await (const object of listObjects(bucket, partsFolder(key))) {
    const [start = NaN, end = NaN] = object.key.slice(partsFolder(key).length).split('-').map(Number);
    if (end - start === object.bytes) parts.push({ key: object.key, start, end });
  }
  return coverageOf(parts);
}

/** What a writer that died left beyond the end must not become part of what the next one writes. */
export async function dropUnused(bucket: Bucket, coverage: Coverage): Promise<void> {
  await deleteObjects(
    bucket,
    coverage.unused.map((part) => part.key),
  );
}
