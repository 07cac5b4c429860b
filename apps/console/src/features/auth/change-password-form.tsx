'use client';
import { useMutation } from '@tanstack/react-query';
import { PASSWORD_MIN_LENGTH } from '@transcode/contracts';
import { Button, Field } from '@transcode/ui';
import Link from 'next/link';
import { useState, type FormEvent } from 'react';
import { explain } from '../../lib/explain.ts';
import { formText } from '../../lib/form-text.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { FormError } from './form-error.tsx';

/** `oneTime`: the password in use was printed at installation and has to go. */
export function ChangePasswordForm({ oneTime, email }: { oneTime: boolean; email: string }) {
  const trpc = useTRPC();
  const [refused, setRefused] = useState<{ next?: string; again?: string }>({});
  const change = useMutation(
    trpc.auth.changePassword.mutationOptions({ onSuccess: () => window.location.assign('/') }),
  );
  const failure = change.error ? explain(change.error) : undefined;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const next = formText(form, 'next');
    const current = formText(form, 'current');
    const found = whatIsWrong(current, next, formText(form, 'again'));
    setRefused(found ?? {});
    if (!found) change.mutate({ current, next });
  };
  return (
    <form onSubmit={onSubmit} method="post" className="flex flex-col gap-4">
      {oneTime && (
        <p className="text-ink-2">The one-time password has done its work. From now on, only yours opens the door.</p>
      )}
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <Field
        label={oneTime ? 'One-time password' : 'Password until now'}
        name="current"
        type="password"
        autoComplete="current-password"
        error={failure?.code === 'wrong_credentials' ? 'This is not the password you signed in with.' : undefined}
        required
      />
      <Field
        label="New password"
        name="next"
        type="password"
        autoComplete="new-password"
        error={refused.next}
        hint={`At least ${PASSWORD_MIN_LENGTH} characters. A sentence is fine.`}
        required
      />
      <Field
        label="New password, once more"
        name="again"
        type="password"
        autoComplete="new-password"
        error={refused.again}
        required
      />
      <FormError sentence={failure?.code === 'wrong_credentials' ? undefined : failure?.sentence} />
      <Button type="submit" kind="primary" busy={change.isPending || change.isSuccess} className="mt-2">
        Change the password
      </Button>
      {!oneTime && (
        <Link href="/" className="self-center text-small text-ink-2 underline-offset-4 hover:underline">
          Keep the old one
        </Link>
      )}
    </form>
  );
}

function whatIsWrong(current: string, next: string, again: string): { next?: string; again?: string } | undefined {
  if (next.length < PASSWORD_MIN_LENGTH) {
    return { next: `That is too short: ${next.length} of at least ${PASSWORD_MIN_LENGTH} characters.` };
  }
  if (next === current) return { next: 'That is the old one. Choose another.' };
  return next === again ? undefined : { again: 'The two are not the same.' };
}
