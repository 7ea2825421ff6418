import { z } from 'zod';

/** A port as typed. */
export const portSchema = z
  .string()
  .regex(/^\d{1,5}$/, 'write a port, such as 4747')
  .transform(Number)
  .refine((port) => port <= 65_535, 'write a port up to 65535');
