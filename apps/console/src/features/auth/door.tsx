import type { ReactNode } from 'react';
import { Wordmark } from '../shell/wordmark.tsx';

const CELLS = 12;

/** The quiet page around the forms that come before everything else. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[400px] flex-col justify-center gap-8 px-6 py-12">
      <div className="flex flex-col gap-6">
        <Wordmark />
        <div aria-hidden="true" className="flex h-6 gap-0.5">
          {Array.from({ length: CELLS }, (_, at) => (
            <span
              key={at}
              className={`flex-1 rounded-[1px] ${at < 7 ? 'bg-done' : at === 7 ? 'bg-accent' : 'border border-edge'}`}
            />
          ))}
        </div>
      </div>
      <h1 className="text-display font-medium tracking-[-0.02em]">{title}</h1>
      {children}
    </main>
  );
}
