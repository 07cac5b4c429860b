import * as z from 'zod';

/** As RFC 5321 has them: labels of a host neither begin nor end with a hyphen, and have 63 characters at most. */
const ADDRESS =
  /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;
const MOST = 254;
const MOST_BEFORE_AT = 64;
const SENTENCE = 'Enter an e-mail address';

export const EmailAddress = z
  .email({ pattern: ADDRESS, error: SENTENCE })
  .max(MOST)
  .refine((address) => address.indexOf('@') <= MOST_BEFORE_AT, SENTENCE);
