import { EmptyState } from '@transcode/ui';
import Link from 'next/link';

export default function NotFound() {
  return (
    <main className="px-4 pt-16 sm:px-8">
      <EmptyState
        title="There is no such page"
        action={
          <Link href="/" className="text-accent underline underline-offset-4">
            Go to the videos
          </Link>
        }
      >
        The address may be old, or mistyped.
      </EmptyState>
    </main>
  );
}
