export const rateLimitText = 'rateLimit { cost limit remaining resetAt }';
export const pageInfoText = 'pageInfo { hasNextPage endCursor }';

/** Who did something; numeric ids, because logins change. */
const whoFragment = `
fragment Who on Actor {
  type: __typename
  login
  ... on User { databaseId name }
  ... on Bot { databaseId }
  ... on Mannequin { databaseId }
  ... on Organization { databaseId }
}`;

/** Returns the document with the fragments that it uses; one that is not used would be an error. */
export function withFragments(text: string): string {
  return text.includes('...Who') ? `${text}${whoFragment}\n` : `${text}\n`;
}
