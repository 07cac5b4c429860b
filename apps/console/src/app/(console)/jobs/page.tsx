import type { Metadata } from 'next';
import { CAUSES, causeWords } from '../../../features/jobs/causes.ts';
import { JobsPage } from '../../../features/jobs/jobs-page.tsx';

export const metadata: Metadata = { title: 'Jobs' };

/** The registry of errors stays here: the page needs the words alone. */
export default function Page() {
  return <JobsPage causes={CAUSES.map((code) => [code, causeWords(code)])} />;
}
