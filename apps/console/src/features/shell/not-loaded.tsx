'use client';
import { Button, EmptyState } from '@transcode/ui';
import Link from 'next/link';
import { explain } from '../../lib/explain.ts';

interface NotLoadedProps {
  /** `job`: what one thing is called. */
  readonly what: string;
  readonly error: unknown;
  readonly onRetry: () => void;
  /** Why it may not be there. */
  readonly gone: string;
  /** Where all of its kind are. */
  readonly all: Way;
  /** Where else it may be looked for. */
  readonly elsewhere?: Way | undefined;
}

interface Way {
  readonly href: string;
  readonly words: string;
}

/** In the place of a page about one thing that is not there, or that could not be had just now. */
export function NotLoaded({ what, error, onRetry, gone, all, elsewhere }: NotLoadedProps) {
  const { sentence, status } = explain(error);
  const isGone = status === 404 || status === 400;
  return (
    <EmptyState
      title={isGone ? `There is no such ${what}` : `The ${what} could not be loaded`}
      action={
        isGone ? (
          <span className="flex flex-wrap gap-x-6 gap-y-2">
            {[all, elsewhere].map(
              (way) =>
                way && (
                  <Link key={way.href} href={way.href} className="text-accent underline underline-offset-4">
                    {way.words}
                  </Link>
                ),
            )}
          </span>
        ) : (
          <Button onClick={onRetry}>Try again</Button>
        )
      }
    >
      {isGone ? gone : sentence}
    </EmptyState>
  );
}
