import type { Metadata } from 'next';
import { ChangePasswordForm } from '../../features/auth/change-password-form.tsx';
import { Door } from '../../features/auth/door.tsx';
import { ApiProvider } from '../../lib/api-provider.tsx';
import { requireMe } from '../../server/me.ts';

export const metadata: Metadata = { title: 'Change the password' };

export default async function Page() {
  const me = await requireMe();
  return (
    <Door title={me.mustChangePassword ? 'Choose your own password' : 'Change the password'}>
      <ApiProvider>
        <ChangePasswordForm oneTime={me.mustChangePassword} email={me.user?.email ?? ''} />
      </ApiProvider>
    </Door>
  );
}
