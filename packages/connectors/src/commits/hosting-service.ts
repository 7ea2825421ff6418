/**
 * Returns whether a commit was committed by the hosting service itself, which signs what people merge
 * and edit in the browser. It made nothing: neither a person nor a bot stands behind it.
 */
export function isHostingService(committer: {
  email: string | null | undefined;
  login?: string | null | undefined;
}): boolean {
  return (
    committer.email?.trim().toLowerCase() === 'noreply@github.com' ||
    committer.login?.toLowerCase() === 'web-flow'
  );
}
