import { z } from 'zod';
import { credentialSchema } from './credential-schema.ts';
import { addressSchema } from './place-schema.ts';

const text = z.string().trim().min(1, 'must not be empty').max(1_000, 'is too long');

/** Only the id of a person: names and accounts can come to be another's. */
const peopleSchema = z.record(text, text).transform((people) =>
  Object.fromEntries(
    Object.entries(people).map(([name, id]) => [
      // Of a subject, which `subject:` marks, each letter counts.
      name.includes('@') && !name.startsWith('subject:') ? name.toLowerCase() : name,
      id,
    ]),
  ),
);

/** The form of `gateway`; what it means stands in docs/guide/sign-in.md. */
export const gatewaySchema = z
  .strictObject({
    /** The address at which browsers see the page, where that is not this machine. */
    origin: addressSchema.optional(),
    /** The address to listen at; both of loopback unless told. */
    host: text.optional(),
    /** The proxies in front of it: whom they name is believed, and nobody else. */
    proxy: z
      .strictObject({
        trusted: z.array(text).min(1).max(100),
        header: z
          .string()
          .regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/, 'is the name of a header')
          .optional(),
      })
      .optional(),
    /** Where people sign in, beside links and passkeys. */
    oidc: z
      .strictObject({
        issuer: addressSchema,
        clientId: text,
        clientSecret: credentialSchema('OIDC_CLIENT_SECRET').optional(),
        name: text.max(60).optional(),
        scopes: z.array(text).min(1).max(20).optional(),
        people: peopleSchema.optional(),
      })
      .optional(),
    /** Whose tokens assistants may show at `/mcp`, beside our own. */
    oauth: z.strictObject({ issuer: addressSchema, people: peopleSchema.optional() }).optional(),
  })
  .refine(({ origin, oauth }) => oauth === undefined || origin !== undefined, {
    message: 'needs gateway.origin: tokens are for one address',
    path: ['oauth'],
  });
