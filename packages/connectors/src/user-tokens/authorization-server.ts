import type { Vendor } from '../http/vendor.ts';
import type { TokenFields } from './token-fields.ts';

/** What is given for tokens: a code that somebody came back with, or a refresh token. */
export type Grant = 'code' | 'refresh';

/**
 * What a refusal says: the app is not known by its secret; what was given is good for nothing any
 * more; or something that may be put right without authorizing again.
 */
export type RefusalMeaning = 'wrong_client' | 'ended' | 'other';

/** Where one vendor's authorization server differs from the others'. */
export interface AuthorizationServer {
  vendor: Vendor;
  /** Below the origin of the pages for people. */
  authorizePath: string;
  /** What the page wants beside what every one does. */
  authorizeQuery: Readonly<Record<string, string>>;
  scopeSeparator: ' ' | ',';
  /** Below the base URL of the server that gives tokens. */
  tokenPath: string;
  body: 'json' | 'form';
  /** What is sent with a code beside what every one takes. */
  codeFields: Readonly<Record<string, string>>;
  /** Returns the tokens of an answer, or null where it holds none. */
  tokensOf(this: void, data: unknown): TokenFields | null;
  meaningOf(this: void, refusal: string, grant: Grant): RefusalMeaning;
  /** Whose tokens they are, as messages call it. */
  holder: 'person' | 'workspace';
  /** Why a code is not taken: `it was used, or ten minutes have passed`. */
  codeEnd: string;
}
