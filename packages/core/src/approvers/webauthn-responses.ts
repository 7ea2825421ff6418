import { z } from 'zod';
import { parseOutsideJson } from '../parse-outside-json.ts';

const base64url = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[A-Za-z0-9_-]+$/, 'is not base64url');

const common = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
};

/** What a browser hands over after a passkey was used. */
export const assertionSchema = z.object({
  ...common,
  clientExtensionResults: z.record(z.string(), z.unknown()).transform(() => ({})),
  response: z.object({
    clientDataJSON: base64url(4_000),
    authenticatorData: base64url(4_000),
    signature: base64url(2_000),
    userHandle: base64url(200).optional(),
  }),
});
export type Assertion = z.infer<typeof assertionSchema>;

/** What a browser hands over after a passkey was made. */
export const registrationSchema = z.object({
  ...common,
  clientExtensionResults: z.record(z.string(), z.unknown()).transform(() => ({})),
  response: z.object({
    clientDataJSON: base64url(4_000),
    attestationObject: base64url(40_000),
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
});
export type Registration = z.infer<typeof registrationSchema>;

/** What the page hands to the browser; made by core, opaque to the page. */
export type PasskeyOptions = Readonly<Record<string, unknown>>;

const clientDataSchema = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string().max(300),
  crossOrigin: z.boolean().optional(),
});

/** Returns what the browser says it signed for; null for what no browser wrote. */
export function readClientData(encoded: string): z.infer<typeof clientDataSchema> | null {
  try {
    const text = Buffer.from(encoded, 'base64url').toString('utf8');
    return clientDataSchema.safeParse(parseOutsideJson(text)).data ?? null;
  } catch {
    return null;
  }
}
