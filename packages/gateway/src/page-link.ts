/**
 * Returns the address that signs a browser in with a link token, and then shows the start or one
 * action. The token stands behind the `#`, which no browser sends.
 */
export function pageLink(origin: string, token: string, actionId?: string): string {
  const query = actionId === undefined ? '' : `?action=${encodeURIComponent(actionId)}`;
  return `${origin}/sign-in${query}#${token}`;
}

/** Returns the address of one action, for a browser that is signed in. */
export function actionLink(origin: string, actionId: string): string {
  return `${origin}/actions/${encodeURIComponent(actionId)}`;
}
