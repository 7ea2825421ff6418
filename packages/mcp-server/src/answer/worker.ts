import { z } from 'zod';

/** Whether a process that syncs is alive, and the command that starts one. */
export const workerSchema = z.object({ running: z.boolean(), start: z.string() });
