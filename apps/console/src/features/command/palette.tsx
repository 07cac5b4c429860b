'use client';
import dynamic from 'next/dynamic';
import { useEffect, useRef } from 'react';
import { patiently } from '../shell/patiently.ts';
import './palette.css';

/** Nobody needs it before it is opened. */
const Choices = dynamic(
  () => patiently(() => import('./palette-choices.tsx')).then(({ PaletteChoices }) => PaletteChoices),
  {
    loading: () => null,
  },
);

/** Goes anywhere and does what the page can do, by a few letters of its name. */
export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (open && dialog?.open === false) {
      dialog.showModal();
      // The browser would take what is around it. Where it is not there yet, it takes the focus when it is.
      dialog.querySelector('input')?.focus();
    }
    if (!open && dialog?.open === true) dialog.close();
  }, [open]);
  return (
    <dialog ref={ref} aria-label="Go to or do" onClose={onClose} className="palette">
      {open && <Choices onDone={onClose} />}
    </dialog>
  );
}
