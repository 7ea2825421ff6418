import { z } from 'zod';
import { type Address, readAddress } from '../../http/address.ts';
import type { AuthorizationServer } from '../../user-tokens/authorization-server.ts';
import { tokenFieldsSchema } from '../../user-tokens/token-fields.ts';
import { publicApiUrl } from '../config.ts';
import { slackVendor } from '../slack-vendor.ts';

/** Where Slack is. */
export interface SlackPlace {
  /** As in the configuration of the connector; `https://slack.com/api/` unless told. */
  baseUrl?: string;
}

/** Returns where the API is; people agree on pages of the same host. @throws AdjutantError `Configuration` */
export function readSlackPlace({ baseUrl }: SlackPlace): Address {
  return readAddress(baseUrl ?? publicApiUrl, slackVendor);
}

const answerSchema = tokenFieldsSchema.extend({ ok: z.literal(true) });
const wrongClientWords = new Set(['bad_client_secret', 'invalid_client_id']);
const endWords = {
  code: new Set(['invalid_code', 'code_already_used', 'code_expired']),
  refresh: new Set(['invalid_refresh_token', 'invalid_grant', 'token_revoked', 'token_expired']),
};

/**
 * How Slack gives tokens of its bots. It knows PKCE only of apps that were declared to be public, for
 * good, because they can keep no secret: one that has a secret sends none.
 */
export const slackAuthorization: AuthorizationServer = {
  vendor: slackVendor,
  authorizePath: '/oauth/v2/authorize',
  authorizeQuery: {},
  scopeSeparator: ',',
  tokenPath: '/oauth.v2.access',
  body: 'form',
  codeFields: { grant_type: 'authorization_code' },
  tokensOf(data) {
    const parsed = answerSchema.safeParse(data);
    return parsed.success ? parsed.data : null;
  },
  meaningOf(refusal, grant) {
    if (wrongClientWords.has(refusal)) return 'wrong_client';
    return endWords[grant].has(refusal) ? 'ended' : 'other';
  },
  holder: 'workspace',
  codeEnd: 'it was used, or ten minutes have passed',
};
