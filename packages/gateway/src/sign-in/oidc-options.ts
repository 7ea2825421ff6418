import type { ConfiguredPeople } from '../auth/configured-person.ts';

/** What an OpenID provider says of whoever signed in there; addresses only where it verified them. */
export interface OidcClaims {
  subject: string;
  /** Null where there is none, or the provider does not vouch for it. */
  verifiedEmail: string | null;
  /** Everything that the ID token and the provider's account of the person say. */
  all: Readonly<Record<string, unknown>>;
}

/** An OpenID provider through which people sign in at the page. */
export interface OidcOptions {
  issuer: string;
  clientId: string;
  /** Null or absent for a public client, which proves itself by PKCE alone. */
  clientSecret?: string | null;
  /** `openid` and `email` unless told. */
  scopes?: readonly string[];
  /** What the button calls the provider; its host unless told. */
  name?: string;
  /** Ids of people, by subject, or to begin with by verified address in lower case. */
  people?: ConfiguredPeople;
  /**
   * Returns the id of the person; null for nobody here. Unless told: whoever stands in `people` by their
   * subject, else whom this subject is bound to, else whose verified address it is beyond doubt.
   */
  personOf?: (claims: OidcClaims) => string | null | Promise<string | null>;
}
