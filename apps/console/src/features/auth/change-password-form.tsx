'use client';
import { useMutation } from '@tanstack/react-query';
import { PASSWORD_MIN_LENGTH } from '@transcode/contracts';
import { Button, Field } from '@transcode/ui';
import { useState, type FormEvent } from 'react';
import { explain } from '../../lib/explain.ts';
import { formText } from '../../lib/form-text.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { FormError } from './form-error.tsx';

/** `oneTime`: the password in use was printed at installation and has to go. */
export function ChangePasswordForm({ oneTime, email }: { oneTime: boolean; email: string }) {
  const trpc = useTRPC();
  const [mismatch, setMismatch] = useState(false);
  const change = useMutation(
    trpc.auth.changePassword.mutationOptions({ onSuccess: () => window.location.assign('/') }),
  );
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const next = formText(form, 'next');
    const differs = next !== form.get('again');
    setMismatch(differs);
    if (!differs) change.mutate({ current: formText(form, 'current'), next });
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
        required
      />
      <Field
        label="New password"
        name="next"
        type="password"
        autoComplete="new-password"
        minLength={PASSWORD_MIN_LENGTH}
        hint={`At least ${PASSWORD_MIN_LENGTH} characters. A sentence is fine.`}
        required
      />
      <Field
        label="New password, once more"
        name="again"
        type="password"
        autoComplete="new-password"
        error={mismatch ? 'The two are not the same.' : undefined}
        required
      />
      <FormError sentence={change.error ? explain(change.error).sentence : undefined} />
      <Button type="submit" kind="primary" busy={change.isPending || change.isSuccess} className="mt-2">
        Change the password
      </Button>
    </form>
  );
}
