import type { Metadata } from 'next';
import { Door } from '../../features/auth/door.tsx';
import { localPath } from '../../features/auth/local-path.ts';
import { whySignIn } from '../../features/auth/session-end.ts';
import { SignInForm } from '../../features/auth/sign-in-form.tsx';

export const metadata: Metadata = { title: 'Sign in' };

type Asked = Readonly<Record<'next' | 'why', string | string[] | undefined>>;

export default async function Page({ searchParams }: { searchParams: Promise<Asked> }) {
  const { next, why } = await searchParams;
  const sentence = whySignIn(why);
  return (
    <Door title="Sign in">
      {sentence !== undefined && <p className="text-ink-2">{sentence}</p>}
      <SignInForm next={localPath(next)} />
    </Door>
  );
}
