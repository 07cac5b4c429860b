import 'next-auth';

declare module 'next-auth' {
  interface User {
    /** Secret of the API's session. It stays in the encrypted, HttpOnly cookie. */
    session: string;
  }
}
