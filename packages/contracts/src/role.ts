import * as z from 'zod';
import { KEY_REACHES, ROLES } from './roles.ts';

export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const KeyReach = z.enum(KEY_REACHES);
export type KeyReach = z.infer<typeof KeyReach>;
