'use client';
import { Button, EmptyState } from '@transcode/ui';
import { useRouter } from 'next/navigation';
import { startTransition, useEffect, useState } from 'react';
import { useStanding } from '../features/away/watch-context.ts';

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const router = useRouter();
  const { trouble } = useStanding();
  const [wasAway, setWasAway] = useState(false);
  if (trouble !== undefined && !wasAway) setWasAway(true);
  // What was away may have been what failed, and nothing is left here that a new start could lose.
  useEffect(() => {
    if (wasAway && trouble === undefined) window.location.reload();
  }, [wasAway, trouble]);
  const again = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <main className="px-4 pt-16 sm:px-8">
      <EmptyState title="This page could not be shown" action={<Button onClick={again}>Try again</Button>}>
        The server does not answer as it should. Your videos and uploads are not affected.
        {error.digest && <span className="mt-2 block text-small text-ink-3">In the log as {error.digest}</span>}
      </EmptyState>
    </main>
  );
}
