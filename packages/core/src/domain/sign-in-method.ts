import { z } from 'zod';

/** How a browser was signed in: by a one-time link, a passkey, or an OpenID provider. */
export const signInMethodSchema = z.enum(['link', 'passkey', 'oidc']);
export type SignInMethod = z.infer<typeof signInMethodSchema>;
