import * as z from 'zod';

/** What variables of the environment are. Each takes a text. */

export const text = z.string().min(1);
export const secret = z.string().min(32, 'must have at least 32 characters');
export const port = z.coerce.number().int().min(0).max(65_535);
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
export const slots = z.coerce.number().int().min(1).max(64);
export const days = z.coerce.number().int().min(1).max(3_650);
export const mebibytes = z.coerce.number().int().min(0);
export const web = z.url({ protocol: /^https?$/ });
/** An address of the web, without the slashes at its end. */
export const origin = web.transform((value) => value.replace(/\/+$/, ''));

export const seconds = (defaultMs: number) =>
  z.coerce
    .number()
    .positive()
    .default(defaultMs / 1000);

/** Words separated by commas or spaces. */
export const words = z
  .string()
  .default('')
  .transform((list) => list.split(/[\s,]+/).filter((each) => each !== ''));

const Network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
/** Addresses and networks, such as `10.0.0.0/8`, separated by commas or spaces. */
export const networks = z
  .string()
  .default('')
  .transform((list) => list.split(/[\s,]+/).filter((each) => each !== ''))
  .refine(
    (list) => list.every((each) => Network.safeParse(each).success),
    'must be addresses and networks, such as 10.0.0.0/8',
  );
