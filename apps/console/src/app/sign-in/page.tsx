import type { Metadata } from 'next';
import { Door } from '../../features/auth/door.tsx';
import { localPath } from '../../features/auth/local-path.ts';
import { SignInForm } from '../../features/auth/sign-in-form.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default async function Page({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  return (
    <Door title="Sign in">
      <SignInForm next={localPath((await searchParams).next)} />
    </Door>
  );
}
