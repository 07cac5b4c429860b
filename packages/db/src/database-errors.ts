import { PrismaClientKnownRequestError } from '@prisma/client/runtime/client';

/** Somebody else wrote the same key first. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof PrismaClientKnownRequestError && error.code === 'P2002';
}
