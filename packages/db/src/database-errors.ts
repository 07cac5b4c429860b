import { PrismaClientKnownRequestError } from '@prisma/client/runtime/client';
import * as z from 'zod';

/** Somebody else wrote the same key first. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof PrismaClientKnownRequestError && error.code === 'P2002';
}

/** Not let in, not reached, timed out, not there, closed, no connection or no transaction to be had in time. */
const CODES = new Set(['P1000', 'P1001', 'P1002', 'P1003', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']);
const KINDS = new Set([
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'],
  ...['AuthenticationFailed', 'DatabaseDoesNotExist'],
]);
/**
 * Postgres' own: connection exceptions; a password that was changed, a database that is being replaced; out of disk, memory or connections; shut down, crashed, or not started yet; broken files; a
 * standby that has not taken over yet.
 */
const STATES = /^(?:08|28|3D000|53|57P|58|25006)/;
/** What node-postgres says without a code. */
const MESSAGES = /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

const Cause = z.object({ kind: z.string(), code: z.string().optional() });
const Meta = z.object({ driverAdapterError: z.object({ cause: Cause }) });
/** What the driver says of a BEGIN or COMMIT comes out of Prisma as it is. */
const OfTheDriver = z.object({ name: z.literal('DriverAdapterError'), cause: Cause });

/** The database did not answer; the same may succeed once it does again. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof PrismaClientKnownRequestError) {
    return CODES.has(error.code) || meansAbsence(Meta.safeParse(error.meta).data?.driverAdapterError.cause);
  }
  const { success, data } = OfTheDriver.safeParse(error);
  return success ? meansAbsence(data.cause) : MESSAGES.test(error.message);
}

function meansAbsence({ kind = '', code = '' }: Partial<z.infer<typeof Cause>> = {}): boolean {
  return KINDS.has(kind) || STATES.test(code);
}
