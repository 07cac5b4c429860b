'use client';
import { createContext, use, useCallback, useRef, useState, type ReactNode } from 'react';
import { Button } from './button.tsx';

interface Toast {
  readonly text: string;
  /** Offers to take it back for as long as the toast stands. */
  readonly undo?: () => void;
  /** Called when the toast is gone and was not undone. */
  readonly onSettled?: () => void;
}

const SHOWN_MS = 6_000;
const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Tells what just happened where the page itself cannot show it. */
export function useToast(): (toast: Toast) => void {
  return use(ToastContext);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly (Toast & { id: number })[]>([]);
  const next = useRef(0);
  const remove = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (toast: Toast) => {
      const id = (next.current += 1);
      let undone = false;
      const undo = toast.undo;
      const shown = {
        ...toast,
        id,
        ...(undo && {
          undo: () => {
            undone = true;
            undo();
            remove(id);
          },
        }),
      };
      setToasts((all) => [...all, shown]);
      setTimeout(() => {
        remove(id);
        if (!undone) toast.onSettled?.();
      }, SHOWN_MS);
    },
    [remove],
  );
  return (
    <ToastContext value={show}>
      {children}
      {/* On a phone the bottom belongs to the uploads. */}
      <output className="pointer-events-none fixed inset-x-0 top-20 z-40 flex flex-col items-center gap-2 px-4 sm:top-auto sm:bottom-4">
        {toasts.map((toast) => (
          <div
            key={toast.id}
            className="pointer-events-auto flex items-center gap-4 rounded-panel border border-line bg-raised px-4 py-2 text-small shadow-float"
          >
            <span>{toast.text}</span>
            {toast.undo && (
              <Button small kind="quiet" onClick={toast.undo}>
                Undo
              </Button>
            )}
          </div>
        ))}
      </output>
    </ToastContext>
  );
}
