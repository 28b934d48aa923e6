import { z } from 'zod';

/** A scenario field: its type with what it means and the unit it is in, which editors show. */
export const field = <T extends z.ZodType>(type: T, description: string, unit: string): T =>
  type.meta({ description, unit });

/** An object all of whose keys have defaults, so that leaving it out means its defaults. */
export const section = <T extends z.core.$ZodLooseShape>(
  shape: T,
  description: string,
): z.ZodPrefault<z.ZodObject<T, z.core.$strict>> =>
  z
    .strictObject(shape)
    .prefault({} as never)
    .meta({ description });

const slug = /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/;

export const id = z
  .string()
  .regex(slug, 'must be lower-case letters, digits, and single hyphens or dots between them');
export const unitInterval = z.number().min(0).max(1);
export const positive = z.number().gt(0);
/** An amount of cash, USD; more than ten times the wealth of the world is a slip of the pen. */
export const money = positive.max(1e16);
export const nonNegative = z.number().min(0);
export const wholeDays = z.int().min(1);
export const day = z.int().min(1);
