import type { RestHandler } from './request.ts';

export interface Route {
  method: string;
  pattern: RegExp;
  handle: RestHandler;
  /** What a fine-grained token needs, as `x-accepted-github-permissions` says it. */
  permissions?: string;
  /** What a classic token needs. */
  scopes?: string;
}

export function get(
  pattern: RegExp,
  handle: RestHandler,
  permissions = 'metadata=read',
  scopes = 'repo',
): Route {
  return { method: 'GET', pattern, handle, permissions, scopes };
}

/** The same answer under the repository's name and under its number. */
export function below(
  suffix: string,
  { byName, byId }: { byName: RestHandler; byId: RestHandler },
  permissions?: string,
): Route[] {
  return [
    get(new RegExp(`^/repos/([^/]+)/([^/]+)${suffix}$`), byName, permissions),
    get(new RegExp(`^/repositories/(\\d+)${suffix}$`), byId, permissions),
  ];
}

/** A request that changes something. */
export function change(
  method: 'DELETE' | 'PATCH' | 'POST' | 'PUT',
  suffix: string,
  handle: RestHandler,
  permissions: string,
): Route {
  const pattern = new RegExp(`^/repos/([^/]+)/([^/]+)${suffix}$`);
  return { method, pattern, handle, permissions, scopes: 'repo' };
}
