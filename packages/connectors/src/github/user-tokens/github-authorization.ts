import type { AuthorizationServer } from '../../user-tokens/authorization-server.ts';
import { readTokenFields } from '../../user-tokens/token-fields.ts';
import { githubVendor } from '../github-vendor.ts';

/** How GitHub gives tokens of its users. */
export const githubAuthorization: AuthorizationServer = {
  vendor: githubVendor,
  authorizePath: '/login/oauth/authorize',
  authorizeQuery: {},
  scopeSeparator: ' ',
  tokenPath: '/login/oauth/access_token',
  body: 'json',
  codeFields: {},
  tokensOf: readTokenFields,
  meaningOf(refusal) {
    if (refusal === 'incorrect_client_credentials') return 'wrong_client';
    // A redirect that the app does not name, say, has nothing to do with the code.
    const isOver = refusal === 'bad_verification_code' || refusal === 'bad_refresh_token';
    return isOver ? 'ended' : 'other';
  },
  holder: 'person',
  codeEnd: 'it was used, or ten minutes have passed',
};
