import type { TwinCommit, TwinSubject } from '../../data/records.ts';
import type { FieldArguments, TwinContext } from '../field-table.ts';

export function webUrl(context: TwinContext, ...path: (number | string)[]): string {
  return [context.data.webUrl, ...path].join('/');
}

export function subjectUrl(subject: TwinSubject, context: TwinContext): string {
  const { owner, name } = subject.repository;
  const kind = subject.type === 'PullRequest' ? 'pull' : 'issues';
  return webUrl(context, owner.login, name, kind, subject.number);
}

export function commitUrl({ repository, oid }: TwinCommit, context: TwinContext): string {
  return webUrl(context, repository.owner.login, repository.name, 'commit', oid);
}

/** Takes off the host, as `resourcePath` does. */
export function pathOf(url: string, context: TwinContext): string {
  return url.slice(context.data.webUrl.length);
}

interface Dated {
  id: number;
  createdAt: number;
  updatedAt?: number;
}

/** Where a row stands by the order that was asked for; ties by id, so that pages never overlap. */
export function orderedPlace(item: Dated, _: number, args: FieldArguments): [number, number] {
  const isByUpdate = args.orderBy?.field === 'UPDATED_AT';
  return [isByUpdate ? (item.updatedAt ?? item.createdAt) : item.createdAt, item.id];
}
