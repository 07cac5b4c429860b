import type { DraftRung, PresetDraft } from './preset-draft.ts';

/** What was typed and not saved. It outlives the page, whichever way that is left. */
export interface KeptDraft {
  readonly draft: PresetDraft;
  /** What it was begun from. */
  readonly base: PresetDraft;
  /** When it was changed last, in ms. */
  readonly at: number;
}

const TEXTS = ['name', 'title', 'description', 'crf', 'speed', 'audioBitRate', 'qualityFloor'] as const;

/** Where a person's draft of a preset is kept in this browser. */
export function draftKey(userId: string | undefined, preset: string): string {
  return `preset-draft ${userId ?? ''} ${preset}`;
}

export function keptDraft(key: string): KeptDraft | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '');
    return isKept(stored) ? stored : undefined;
  } catch {
    // There is none, or this browser keeps nothing.
    return undefined;
  }
}

/** Keeps what differs from what it was begun from, and nothing else. */
export function keepDraft(key: string, { draft, base }: Pick<KeptDraft, 'draft' | 'base'>, at: number): void {
  if (isSameDraft(draft, base)) return dropDraft(key);
  try {
    localStorage.setItem(key, JSON.stringify({ draft, base, at }));
  } catch {
    // This browser keeps nothing: it is on the page alone.
  }
}

export function dropDraft(key: string): void {
  localStorage.removeItem(key);
}

/** By what is typed: which row of the page a rung is in does not matter. */
export function isSameDraft(one: PresetDraft, other: PresetDraft): boolean {
  return JSON.stringify(typedOf(one)) === JSON.stringify(typedOf(other));
}

function typedOf(draft: PresetDraft): unknown {
  return [TEXTS.map((name) => draft[name]), draft.ladder.map(({ height, bitRate }) => [height, bitRate])];
}

function isKept(value: unknown): value is KeptDraft {
  return isRecord(value) && isDraft(value['draft']) && isDraft(value['base']) && typeof value['at'] === 'number';
}

function isDraft(value: unknown): value is PresetDraft {
  if (!isRecord(value) || !TEXTS.every((name) => typeof value[name] === 'string')) return false;
  return Array.isArray(value['ladder']) && value['ladder'].every(isRung);
}

function isRung(value: unknown): value is DraftRung {
  if (!isRecord(value) || typeof value['key'] !== 'number') return false;
  return typeof value['height'] === 'string' && typeof value['bitRate'] === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
