'use client';
import { Button, Field } from '@transcode/ui';
import { signIn } from 'next-auth/react';
import { useState, type FormEvent } from 'react';
import { formText } from '../../lib/form-text.ts';
import { FormError } from './form-error.tsx';

export function SignInForm({ next }: { next: string }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  const submit = async (form: FormData) => {
    setBusy(true);
    setError(undefined);
    const sentence = await attempt(form);
    if (sentence === undefined) {
      window.location.assign(next);
      return;
    }
    setError(sentence);
    setBusy(false);
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void submit(new FormData(event.currentTarget));
  };

  return (
    <form onSubmit={onSubmit} method="post" className="flex flex-col gap-4">
      <Field label="E-mail" name="email" type="email" autoComplete="username" required />
      <Field label="Password" name="password" type="password" autoComplete="current-password" required />
      <FormError sentence={error} />
      <Button type="submit" kind="primary" busy={busy} className="mt-2">
        Sign in
      </Button>
    </form>
  );
}

/** The sentence of what went wrong, if anything did. */
async function attempt(form: FormData): Promise<string | undefined> {
  const email = formText(form, 'email');
  const password = formText(form, 'password');
  try {
    const result = await signIn('credentials', { redirect: false, email, password });
    return result?.ok ? undefined : (result?.error ?? 'Sign-in failed. Try again.');
  } catch {
    return 'The server does not answer. Check your connection, then try again.';
  }
}
