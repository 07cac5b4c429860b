'use client';
import { createContext, use, useCallback, useRef, type ChangeEvent, type ReactNode } from 'react';
import { useUploadQueue } from './uploads-provider.tsx';

const ChooseContext = createContext<() => void>(() => undefined);

/** Opens the browser's file dialog; what is chosen goes to the upload queue. */
export function useChooseFiles(): () => void {
  return use(ChooseContext);
}

export function ChooseFilesProvider({ children }: { children: ReactNode }) {
  const queue = useUploadQueue();
  const input = useRef<HTMLInputElement>(null);
  const choose = useCallback(() => input.current?.click(), []);
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    queue.add([...(event.target.files ?? [])]);
    // The same file can be chosen again.
    event.target.value = '';
  };
  return (
    <ChooseContext value={choose}>
      {children}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={onChange}
        aria-label="Files to upload"
        data-testid="files"
      />
    </ChooseContext>
  );
}
