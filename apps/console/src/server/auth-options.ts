import { SESSION_MS } from '@transcode/contracts';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { encode } from 'next-auth/jwt';
import { explain } from '../lib/explain.ts';
import { CALLER_HEADER, createApi } from './api.ts';
import { env } from './main.ts';

const MAX_AGE_SECONDS = SESSION_MS / 1000;

/** next-auth as a door to the API's own sessions: the encrypted token carries the session's secret and nothing else of weight. */
export function authOptions(): NextAuthOptions {
  const secret = env().NEXTAUTH_SECRET;
  return {
    secret,
    pages: { signIn: '/sign-in', error: '/sign-in' },
    session: { strategy: 'jwt', maxAge: MAX_AGE_SECONDS },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(credentials, request) {
          if (!credentials) return null;
          const { email, password } = credentials;
          try {
            const signedIn = await createApi(callerOf(request.headers)).auth.signIn.mutate({ email, password });
            return { ...signedIn.user, session: signedIn.session };
          } catch (error) {
            // The sentence reaches the form as next-auth's error.
            throw new Error(explain(error).sentence, { cause: error });
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { ...token, session: user.session } : token),
    },
    events: {
      async signOut({ token }) {
        const jwt = await encode({ token, secret, maxAge: 60 });
        const cookie = ['__Secure-next-auth', 'next-auth'].map((name) => `${name}.session-token=${jwt}`).join('; ');
        await createApi({ cookie, 'sec-fetch-site': 'same-origin' }).auth.signOut.mutate();
      },
    },
  };
}

/** Who is at the door, so that the API slows down guessing by address and not by console. */
function callerOf(headers: Record<string, unknown> | undefined): Record<string, string> {
  const names = [CALLER_HEADER, 'user-agent'];
  return Object.fromEntries(
    names.flatMap((name) => (typeof headers?.[name] === 'string' ? [[name, headers[name]]] : [])),
  );
}
