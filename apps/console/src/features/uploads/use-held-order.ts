'use client';
import { useEffect, useRef, useState } from 'react';
import { heldOrder, trayOrder } from './tray-order.ts';
import type { UploadItem } from './upload-item.ts';

/** Uploads in the order that helps most, which stays as it is while the pointer or the keyboard's focus is among them. */
export function useHeldOrder(items: readonly UploadItem[]) {
  const [held, setHeld] = useState<readonly string[]>();
  const root = useRef<HTMLElement>(null);
  const pointed = useRef(false);
  const shown = held === undefined ? trayOrder(items) : heldOrder(items, held);
  // A button that is pressed may go with its row, and no event tells that the focus went with it.
  const look = () => {
    const isTouched = pointed.current || hasFocus(root.current);
    setHeld((before) => (isTouched ? (before ?? shown.map(({ id }) => id)) : undefined));
  };
  useEffect(() => {
    const isGone = held?.some((id) => items.every((item) => item.id !== id));
    if (isGone === true && !pointed.current && !hasFocus(root.current)) setHeld(undefined);
  }, [items, held]);
  const point = (isInside: boolean) => () => {
    pointed.current = isInside;
    look();
  };
  return {
    shown,
    root,
    touched: {
      onPointerEnter: point(true),
      onPointerLeave: point(false),
      onFocus: look,
      // Where it goes to is known once it is there.
      onBlur: () => queueMicrotask(look),
    },
  };
}

/** That of the keyboard: what was pressed with the pointer keeps the other kind. */
function hasFocus(element: HTMLElement | null): boolean {
  return element !== null && element.querySelector(':focus-visible') !== null;
}
