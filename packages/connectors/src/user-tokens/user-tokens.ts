import { z } from 'zod';

/** What an authorization gives. */
export interface UserTokens {
  accessToken: string;
  /** Null where it does not run out. @unit epoch milliseconds */
  expiresAt: number | null;
  /** Good for one use; null where the access token does not run out. */
  refreshToken: string | null;
  /** @unit epoch milliseconds */
  refreshExpiresAt: number | null;
}

/** The tokens as they are kept, with what became of the authorization. */
export interface KeptTokens extends UserTokens {
  /** Since when they are taken no more; null while they are. @unit epoch milliseconds */
  endedAt: number | null;
}

const instant = z.number().nullable();
const noteSchema = z.strictObject({
  expiresAt: instant,
  refreshExpiresAt: instant,
  endedAt: instant,
});

/** Each token on a line of its own: so each by itself is known as a secret, and left out of logs. */
export function writeTokens(tokens: KeptTokens): string {
  const { accessToken, refreshToken, ...note } = tokens;
  return [accessToken, refreshToken ?? '', JSON.stringify(note)].join('\n');
}

/** Returns tokens as they were kept; null for a text that holds none. */
export function readTokens(text: string): KeptTokens | null {
  const [accessToken = '', refreshToken = '', note = ''] = text.split('\n');
  try {
    const parsed = noteSchema.safeParse(JSON.parse(note));
    if (!parsed.success || accessToken === '') return null;
    return { accessToken, refreshToken: refreshToken === '' ? null : refreshToken, ...parsed.data };
  } catch {
    return null;
  }
}
