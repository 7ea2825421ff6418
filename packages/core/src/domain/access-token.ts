import { z } from 'zod';

/**
 * What a program's token may do for whoever it stands for: look, propose, write reports, change what
 * belongs to Adjutant itself (projects, reports, mappings), read the figures of `/metrics`, and reach
 * `/mcp`, where each tool asks for one of the others. There is none for deciding: a token proves no
 * person.
 */
export const accessScopeSchema = z.enum(['read', 'propose', 'report', 'write', 'metrics', 'mcp']);
export type AccessScope = z.infer<typeof accessScopeSchema>;

/** Returns whether scopes allow what asks for one. `write` includes `report`; nothing else includes another. */
export function allowsScope(held: readonly AccessScope[], wanted: AccessScope): boolean {
  return held.includes(wanted) || (wanted === 'report' && held.includes('write'));
}

/** What a token may be that somebody asks for. */
export const createAccessTokenSchema = z.strictObject({
  /** What its owner tells it from others by. */
  name: z.string().trim().min(1).max(60),
  scopes: z.array(accessScopeSchema).min(1).max(accessScopeSchema.options.length),
  /** The assistant that will show it; without one it is for programs of the person themselves. */
  agentName: z
    .string()
    .trim()
    .regex(/^[\w][\w .@-]{0,59}$/, 'may hold letters, digits, ".", "_", "@", "-" and spaces')
    .nullable()
    .default(null),
  /** @unit days */
  expiresInDays: z.int().min(1).max(366).default(90),
});
export type CreateAccessToken = z.input<typeof createAccessTokenSchema>;

/** A token as it is listed; what opens anything is not in it. */
export const accessTokenSchema = z.object({
  id: z.string(),
  personId: z.string(),
  personName: z.string(),
  agentName: z.string().nullable(),
  name: z.string(),
  scopes: z.array(accessScopeSchema),
  createdAt: z.int(),
  expiresAt: z.int(),
  /** To the hour; null where it was never used. */
  lastUsedAt: z.int().nullable(),
  revokedAt: z.int().nullable(),
});
export type AccessToken = z.infer<typeof accessTokenSchema>;
