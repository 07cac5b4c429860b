import { patiently } from '../shell/patiently.ts';

/** Ends the session, by the page's own address, whatever name it was reached by. */
export async function leave(): Promise<void> {
  // Who leaves can wait for what only leaving needs.
  const { signOut } = await patiently(() => import('next-auth/react'));
  await signOut({ redirect: false });
  window.location.assign('/sign-in');
}
