import type { PageQuery } from '../page-query.ts';

/** Returns the part of an address that keeps range, team and repository: `?days=90&team=t1`, or nothing. */
export function keptQuery(query: PageQuery, more: Readonly<Record<string, string>> = {}): string {
  const parameters = new URLSearchParams();
  if (query.days === null) {
    parameters.set('from', query.fromDay);
    parameters.set('to', query.toDay);
  } else if (!query.isUsualRange) parameters.set('days', String(query.days));
  if (query.teamId !== null) parameters.set('team', query.teamId);
  if (query.repository !== null) parameters.set('repository', query.repository);
  for (const [name, value] of Object.entries(more)) parameters.set(name, value);
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** Returns an address of ours with the filters of the present page. */
export function linkTo(
  path: string,
  query: PageQuery,
  more: Readonly<Record<string, string>> = {},
): string {
  return `${path}${keptQuery(query, more)}`;
}

/** Returns the present address with some parameters changed; an empty value takes one away. */
export function changedAddress(url: URL, changes: Readonly<Record<string, string>>): string {
  const parameters = new URLSearchParams(url.searchParams);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') parameters.delete(name);
    else parameters.set(name, value);
  }
  const text = parameters.toString();
  return `${url.pathname}${text === '' ? '' : `?${text}`}`;
}

/** Returns the address of the page that tells all about a figure. */
export function metricLink(
  metricId: string,
  query: PageQuery,
  more: Readonly<Record<string, string>> = {},
): string {
  return linkTo(`/metrics/${encodeURIComponent(metricId)}`, query, more);
}

/** Returns the address of the page of one piece of work. */
export function workLink(id: string): string {
  return `/work/${encodeURIComponent(id)}`;
}
