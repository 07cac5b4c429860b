'use client';
import { useEffect, useRef, useState } from 'react';
import { useUrlParams } from './use-url-params.ts';

/** Longer than the address takes to follow what is typed. */
const TYPING_MS = 1_000;

/**
 * A text field whose content stands in the address. What is typed is shown at once, as the address follows a little later;
 * otherwise the field follows the address, such as when a link leads to another.
 */
export function useUrlText(name: string): [text: string, setText: (text: string) => void] {
  const [params, change] = useUrlParams();
  const inUrl = params.get(name) ?? '';
  const [text, setText] = useState(inUrl);
  const typedAt = useRef(-Infinity);
  useEffect(() => {
    if (performance.now() - typedAt.current > TYPING_MS) setText(inUrl);
  }, [inUrl]);
  const set = (next: string) => {
    typedAt.current = performance.now();
    setText(next);
    change({ [name]: next });
  };
  return [text, set];
}
