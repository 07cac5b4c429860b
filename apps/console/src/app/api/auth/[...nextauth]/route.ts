import NextAuth from 'next-auth';
import type { NextRequest } from 'next/server';
import { authOptions } from '../../../../server/auth-options.ts';

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

/** Types of next-auth 4 know route handlers only as `any`; the answer is a `Response`. */
function handle(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request, context, authOptions()) as Promise<Response>;
}

export { handle as GET, handle as POST };
