import { type Address, readAddress } from '../../http/address.ts';
import type { Vendor } from '../../http/vendor.ts';
import type { AuthorizationServer } from '../../user-tokens/authorization-server.ts';
import { readTokenFields } from '../../user-tokens/token-fields.ts';

const publicAuthUrl = 'https://auth.atlassian.com';
const publicApiUrl = 'https://api.atlassian.com';

/** Accounts are Atlassian's, not Jira's. */
export const atlassianVendor: Vendor = {
  source: 'jira',
  title: 'Atlassian',
  addressHint: `Write ${publicAuthUrl} and ${publicApiUrl}, or leave them out.`,
  page: 'docs/connectors/jira.md',
};

/** Where Atlassian is, for tests and gateways that stand in its place. */
export interface AtlassianPlace {
  /** Where people sign in and tokens are given; `https://auth.atlassian.com` unless told. */
  authUrl?: string;
  /** Where the tokens are good; `https://api.atlassian.com` unless told. */
  apiUrl?: string;
}

/** Returns where tokens are given, and where they are good. @throws AdjutantError `Configuration` */
export function readAtlassianPlace({ authUrl, apiUrl }: AtlassianPlace): {
  auth: Address;
  api: Address;
} {
  return {
    auth: readAddress(authUrl ?? publicAuthUrl, atlassianVendor),
    api: readAddress(apiUrl ?? publicApiUrl, atlassianVendor),
  };
}

/**
 * How Atlassian gives tokens of its users (3LO). PKCE is nowhere documented for it, so it is not sent.
 * A wrong secret is `access_denied`, with 401; a refresh token that is spent, idle for ninety days or
 * older than a new password is `invalid_grant`, with 403.
 */
export const atlassianAuthorization: AuthorizationServer = {
  vendor: atlassianVendor,
  authorizePath: '/authorize',
  authorizeQuery: {
    audience: 'api.atlassian.com',
    response_type: 'code',
    // The person is asked each time, and sees what the app may do.
    prompt: 'consent',
  },
  scopeSeparator: ' ',
  tokenPath: '/oauth/token',
  body: 'json',
  codeFields: { grant_type: 'authorization_code' },
  tokensOf: readTokenFields,
  meaningOf(refusal, grant) {
    if (refusal === 'access_denied' || refusal === 'invalid_client') return 'wrong_client';
    if (refusal === 'invalid_grant') return 'ended';
    // To a refresh token it says: "refresh_token is invalid".
    return refusal === 'unauthorized_client' && grant === 'refresh' ? 'ended' : 'other';
  },
  holder: 'person',
  codeEnd: 'it was used, or is too old',
};
