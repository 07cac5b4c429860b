'use client';
import type { Preset } from '@transcode/contracts';
import { useToast } from '@transcode/ui';
import { useEffect, useRef, useState } from 'react';
import { isSameDraft, keepDraft, keptDraft, type KeptDraft } from './kept-draft.ts';
import { draftOf, type PresetDraft } from './preset-draft.ts';

interface Draft {
  readonly draft: PresetDraft;
  readonly setDraft: (draft: PresetDraft) => void;
  readonly isChanged: boolean;
  /** What had been typed before and was found again, until it is given up. */
  readonly found: KeptDraft | undefined;
  /** The preset became another one since then. */
  readonly isOutdated: boolean;
  readonly giveUp: () => void;
}

/** What is being typed of a preset, kept in this browser from the first letter until it is saved or given up. */
export function useDraft(key: string, initial: Preset): Draft {
  const toast = useToast();
  const [base] = useState(() => draftOf(initial));
  const [found, setFound] = useState(() => keptDraft(key));
  const [draft, setDraft] = useState(found?.draft ?? base);
  const before = found?.base ?? base;
  useEffect(() => keepDraft(key, { draft, base: before }, Date.now()), [key, draft, before]);
  const title = useRef('');
  useEffect(() => {
    title.current = draft.title.trim() || draft.name;
  }, [draft]);
  // Saved and given up, there is nothing left of it.
  useEffect(
    () => () => {
      if (keptDraft(key) !== undefined)
        toast({ text: `Your changes to ${title.current} are not saved, and kept here.` });
    },
    [key, toast],
  );
  return {
    ...{ draft, setDraft, found },
    isChanged: !isSameDraft(draft, base),
    isOutdated: found !== undefined && !isSameDraft(found.base, base),
    giveUp: () => {
      setFound(undefined);
      setDraft(base);
    },
  };
}
