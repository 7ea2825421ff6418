import { z } from 'zod';
import { externalIdSchema, sourceSchema } from './primitives.ts';

/** Who stands behind an account. Coding agents and service bots are told apart from people and from each other. */
export const accountKindSchema = z.enum(['human', 'coding_agent', 'service_bot']);
export type AccountKind = z.infer<typeof accountKindSchema>;

/** One account in one source. Accounts are facts of the source; people are what identity makes of them. */
export const accountSchema = z.object({
  source: sourceSchema,
  externalId: externalIdSchema,
  login: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  /** True only where the vendor vouches for the address; an author address in git is a claim. */
  emailVerified: z.boolean(),
  /**
   * The account's immutable id at a vendor, as `github:583231`, where the source shows it. It is the
   * vendor's word only where `externalId` is that number; read out of an address it is a claim.
   */
  vendorId: z.string().nullable(),
  /** The zone that the profile shows, such as `Europe/Berlin`; absent where the source has none. */
  timeZone: z.string().nullish(),
  kind: accountKindSchema,
  isBot: z.boolean(),
});
export type Account = z.infer<typeof accountSchema>;
