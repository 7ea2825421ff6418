/** The HTTP statuses that Slack's own words for a failure stand for; it sends them all with 200. */
const statuses: Readonly<Record<number, readonly string[]>> = {
  401: ['not_authed', 'invalid_auth', 'account_inactive', 'token_revoked', 'token_expired'],
  403: [
    'access_denied',
    'cant_update_message',
    'ekm_access_denied',
    'missing_scope',
    'no_permission',
    'not_allowed_token_type',
    'not_in_channel',
    'org_login_required',
    'restricted_action',
    'team_access_not_granted',
  ],
  404: [
    'channel_not_found',
    'message_not_found',
    'thread_not_found',
    'user_not_found',
    'users_not_found',
  ],
  429: ['ratelimited', 'rate_limited'],
  503: ['fatal_error', 'internal_error', 'service_unavailable'],
};
const statusOfError = new Map(
  Object.entries(statuses).flatMap(([status, errors]) =>
    errors.map((error) => [error, Number(status)] as const),
  ),
);

/** Returns the status that a failure stands for: 400 for what is simply refused. */
export function statusOf(error: string): number {
  return statusOfError.get(error) ?? 400;
}
