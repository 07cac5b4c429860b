'use client';
import { useSyncExternalStore } from 'react';

/** What people do first on a page. */
const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

let isTouched = false;

/** Whether somebody has touched this page in any way. What only a person needs can wait for that, and is there before it is needed. */
export function useTouched(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isTouched,
    () => false,
  );
}

function subscribe(listener: () => void): () => void {
  const touch = () => {
    isTouched = true;
    listener();
  };
  const options = { capture: true, passive: true, once: true } as const;
  for (const sign of SIGNS) document.addEventListener(sign, touch, options);
  return () => {
    for (const sign of SIGNS) document.removeEventListener(sign, touch, options);
  };
}
